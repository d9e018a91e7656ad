"""The rounds: a sample on every minute, into the spool, and from there to the database."""

from __future__ import annotations

import contextlib
import logging
import signal
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from types import FrameType
from typing import Any

import psycopg

from host_agent import store
from host_agent.config import Component, Config, Device
from host_agent.devices import Processes, Status, device_status
from host_agent.host import DiskWriteRate, disk_usage_text, get_host_system_stats
from host_agent.spool import Row, Spool

log = logging.getLogger("host_agent")

BATCH = 5000  # rows in one transaction, at most, while catching up


class Interrupted(Exception):
    """A signal ended the wait for the database."""


class Stop:
    """SIGTERM and SIGINT end the agent: after what it is doing, or at once while it waits for the database.

    The time limit for the database is a signal too: it holds even when the server has frozen with its
    connection open, where no timeout of libpq or the server helps.
    """

    def __init__(self) -> None:
        self.event = threading.Event()
        self._waiting = False
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGALRM, self._overdue)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.event.set()
        self._interrupt("told to stop")

    def _overdue(self, _signal: int, _frame: FrameType | None) -> None:
        self._interrupt("no answer in time")

    def _interrupt(self, why: str) -> None:
        if self._waiting:
            self._waiting = False
            raise Interrupted(why)

    @contextlib.contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """What is inside ends with Interrupted after `seconds`, or when told to stop."""
        self._waiting = True
        signal.setitimer(signal.ITIMER_REAL, max(0.01, seconds))
        try:
            if self.event.is_set():
                raise Interrupted("told to stop")
            yield
        finally:
            self._waiting = False
            signal.setitimer(signal.ITIMER_REAL, 0)


class Agent:
    """Takes samples and brings them to the database."""

    def __init__(self, config: Config, spool: Spool, stop: Stop) -> None:
        self.config = config
        self.spool = spool
        self.stop = stop
        self._disk_write_rate = DiskWriteRate()
        self._last_status: dict[tuple[str, str], str] = {}
        self._database_is_away = False
        self._batch = BATCH

    def sample(self, at: datetime) -> list[Row]:
        """The rows of a round: one for each device and one for the host, all with the time `at`."""
        common = {"host_name": self.config.host_name, "timestamp": at.isoformat(), **get_host_system_stats()}
        statuses = [self._statuses(component) for component in (self.config.ffmpeg, self.config.monitor)]
        devices = [
            Row("system_device_metrics", common | device_columns(device, ffmpeg, monitor))
            for device, ffmpeg, monitor in zip(self.config.devices, *statuses, strict=True)
        ]
        host = common | host_columns(self.config, *statuses)
        host["disk_write_mb_per_sec"] = self._disk_write_rate()
        return [*devices, Row("system_metrics", host)]

    def _statuses(self, component: Component) -> list[Status]:
        """The status of a component for each device; the log tells what changed."""
        if not self.config.devices:
            return []
        processes, now = Processes.of(component), time.time()
        statuses = []
        for device in self.config.devices:
            status = device_status(device.path, component, processes, now)
            statuses.append(status)
            key = (device.capture_folder, component.name)
            if self._last_status.get(key) != status.status:
                level = logging.INFO if status.status == "active" else logging.WARNING
                log.log(level, "%s: %s is %s (%s)", *key, status.status, status.reason)
            self._last_status[key] = status.status
        return statuses

    def keep(self, rows: list[Row]) -> None:
        """Into the spool; if the disk refuses, straight to the database, the last chance these rows have."""
        try:
            self.spool.add(rows)
        except sqlite3.Error as error:
            log.error("cannot write %s (%s); sending without it", self.spool.file, error)
            try:
                with self.stop.limit(self._budget()), contextlib.closing(store.connect()) as connection:
                    refused = store.store_system_metrics(connection, rows)
                self._tell_refused(refused)
            except (psycopg.Error, Interrupted) as problem:
                log.error("%d rows are lost: %s", len(rows), one_line(problem))

    def send(self) -> bool:
        """Bring what waits in the spool to the database, oldest first. True when all of it is there."""
        deadline = time.monotonic() + self._budget()
        stored = 0
        try:
            while time.monotonic() < deadline and (rows := self.spool.waiting(self._batch)):
                with (
                    self.stop.limit(deadline - time.monotonic()),
                    contextlib.closing(store.connect()) as connection,
                ):
                    refused = store.store_system_metrics(connection, rows)
                numbers = {row.id for row in refused}
                self.spool.settle([row for row in rows if row.id not in numbers], refused)
                self._tell_refused(refused)
                stored += len(rows) - len(refused)
                self._batch = BATCH
        except (psycopg.Error, Interrupted) as error:
            waiting, _, oldest = self.spool.count()
            why = one_line(error) + store.advice(error, self.config.host_name)
            log.warning("not stored (%s); %d rows wait, since %s", why, waiting, oldest)
            self._database_is_away = True
            self._batch = max(1, self._batch // 2)  # perhaps it was too much at once
            return False
        if self._database_is_away:
            log.info("the database is back: %d rows stored", stored)
            self._database_is_away = False
        return not self.spool.count()[0]

    def _budget(self) -> float:
        """Seconds that a round may spend on the database: the next one must start on time."""
        return max(5.0, self.config.interval_seconds * 0.75)

    def _tell_refused(self, refused: list[Row]) -> None:
        for row in refused:
            place = row.values.get("capture_folder", "the host")
            log.error("row of %s refused by the database: %s (host-agent spool list)", place, row.rejected)

    def run(self) -> None:
        log.info(
            "%s: %d devices, a sample every %g s",
            self.config.host_name,
            len(self.config.devices),
            self.config.interval_seconds,
        )
        for at in ticks(self.config.interval_seconds, self.stop.event):
            try:
                self.keep(self.sample(at))
                self.send()
            except Exception:  # the next round must come, whatever went wrong in this one
                log.exception("the round of %s failed", at.isoformat())
        log.info("stopped")


def device_columns(device: Device, ffmpeg: Status, monitor: Status) -> dict[str, Any]:
    """What a row of system_device_metrics says of the device itself."""
    row = {key: value for key, value in asdict(device).items() if key != "path"}
    for name, status in (("ffmpeg", ffmpeg), ("monitor", monitor)):
        row[f"{name}_status"] = status.status
        row[f"{name}_uptime_seconds"] = status.uptime_seconds
        row[f"{name}_last_activity"] = status.last_activity and status.last_activity.isoformat()
    return row | {"disk_usage_capture": disk_usage_text(device.path)}


def host_columns(config: Config, ffmpeg: list[Status], monitor: list[Status]) -> dict[str, Any]:
    """What a row of system_metrics says besides the load: the status of each capture folder."""
    row: dict[str, Any] = {"server_name": config.server_name}
    for name, statuses in (("ffmpeg", ffmpeg), ("monitor", monitor)):
        uptimes = [status.uptime_seconds for status in statuses if status.uptime_seconds is not None]
        folders = [device.capture_folder for device in config.devices]
        row[f"{name}_status"] = dict(zip(folders, (one.status for one in statuses), strict=True)) or None
        row[f"{name}_service_uptime_seconds"] = max(uptimes, default=None)
    return row


def ticks(
    interval: float, stop: threading.Event, clock: Callable[[], float] = time.time
) -> Iterator[datetime]:
    """The times that are multiples of the interval, each when it comes and once, whatever happens to the
    clock: the waiting does not depend on it, and minutes that come again because it was set back are left
    out."""
    seen: deque[float] = deque(maxlen=1440)
    while not stop.wait(interval - clock() % interval):
        now = clock()
        number = now // interval
        if number in seen or now - number * interval > interval / 2:
            continue  # woken early, or far from a boundary after a jump of the clock
        seen.append(number)
        yield datetime.fromtimestamp(number * interval, UTC)


def one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
