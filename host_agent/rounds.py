"""The rounds: a sample on every minute, into the spool, and from there to the database."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg

from host_agent import VERSION, store
from host_agent.config import Component, Config, ConfigError, Device, load
from host_agent.devices import CLOCK_TOLERANCE, Status, judge, look
from host_agent.host import Host, common_columns, disk_usage_text
from host_agent.processes import Processes, identified, read_table, some_are_hidden
from host_agent.readings import Readings, reason
from host_agent.spool import Row, Spool

log = logging.getLogger("host_agent")

BATCH = 5000  # rows in one transaction, at most, while catching up
WATCHDOG_SECONDS = 20  # systemd hears from the agent at least that often


class Interrupted(Exception):
    """A signal ended the wait for the database."""


class Stop:
    """SIGTERM and SIGINT end the agent: after what it is doing, or at once while it waits for the database.
    SIGHUP has it read its configuration again before the next round.

    The time limit for the database is a signal too: it holds even when the server has frozen with its
    connection open, where no timeout of libpq or the server helps.
    """

    def __init__(self) -> None:
        self.event = threading.Event()
        self.reload = False
        self._waiting = False
        signal.signal(signal.SIGHUP, self._reload)
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGALRM, self._overdue)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.event.set()
        self._interrupt("told to stop")

    def _reload(self, _signal: int, _frame: FrameType | None) -> None:
        self.reload = True

    def _overdue(self, _signal: int, _frame: FrameType | None) -> None:
        self._interrupt("no answer in time")

    def _interrupt(self, why: str) -> None:
        if self._waiting:
            self._waiting = False
            raise Interrupted(why)

    def wait(self, seconds: float) -> bool:
        """True when told to stop. Tells the watchdog of systemd meanwhile that the agent is alive."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not self.event.wait(min(left, WATCHDOG_SECONDS)):
            notify_systemd("WATCHDOG=1")
        return self.event.is_set()

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
        self.host = Host(config.temperature_sensor)
        self.clock_offset: float | None = None  # seconds ahead of the server's, as of the last connection
        self.errors = LastError()
        self._readings = Readings()
        self._failures: dict[Any, str] = {}
        self._seen: set[str] = set()  # components of which a process was seen since the start
        self._clock_error = time.time() - time.monotonic()
        self._last_status: dict[tuple[str, str], str] = {}
        self._latest_round = ""
        self._database_is_away = False
        self._batch = BATCH

    # Sampling

    def sample(self, at: datetime) -> list[Row]:
        """The rows of a round: one for each device and one for the host, all with the time `at`."""
        self._latest_round = at.isoformat()
        failures: dict[Any, str] = {}
        values, failed = self._read({name: job for name, (_, job) in self.host.readings.items()})
        failures |= failed
        host = self.host.columns(values)
        common = {"host_name": self.config.host_name, "timestamp": at.isoformat(), **common_columns(host)}
        statuses, failed = self._statuses()
        failures |= failed
        full, failed = self._read(
            {(one.capture_folder, "disk"): partial(disk_usage_text, one.path) for one in self.config.devices}
        )
        failures |= failed
        devices = [
            Row(
                "system_device_metrics",
                common
                | device_columns(device, *found)
                | {"disk_usage_capture": full.get((device.capture_folder, "disk"))},
            )
            for device, found in zip(self.config.devices, statuses, strict=True)
        ]
        self._tell_failures(failures)
        own = host_columns(self.config, statuses)
        own |= {"disk_write_mb_per_sec": host["disk_write_mb_per_sec"]}
        own |= {"agent": self._health(host["temperature_sensor"], failures)}
        return [*devices, Row("system_metrics", common | own)]

    def _read(self, jobs: dict[Any, Callable[[], Any]]) -> tuple[dict[Any, Any], dict[Any, str]]:
        return self._readings(jobs, min(10.0, max(1.0, self.config.interval_seconds / 6)))

    def _statuses(self) -> tuple[list[tuple[Status, Status]], dict[Any, str]]:
        """The status of both components of each device, and what could not be read."""
        components = (self.config.ffmpeg, self.config.monitor)
        jobs = {}
        processes, failures = self._processes(components)
        for device in self.config.devices:
            for component in components:
                key = (device.capture_folder, component.name)
                jobs[key] = partial(look, device.path, component, processes[component.name])
        looks, failed = self._read(jobs)
        failures |= failed
        clock_error = time.time() - time.monotonic()
        clock_was_set = abs(clock_error - self._clock_error) > CLOCK_TOLERANCE
        self._clock_error = clock_error

        statuses: dict[Any, Status] = {}
        for component in components:
            mine = {key: seen for key, seen in looks.items() if key[1] == component.name}
            served = [seen.serving for seen in mine.values()]
            served += [processes[component.name].naming(device.path) for device in self.config.devices]
            claimed = {process.pid for some in served for process in some}
            doubt = processes[component.name].doubt(component, claimed)
            for key, seen in mine.items():
                statuses[key] = judge(seen, component, doubt, clock_was_set)
        for key in jobs:
            status = statuses.setdefault(key, Status("unknown", f"cannot read it: {failed.get(key)}"))
            if self._last_status.get(key) != status.status:
                level = logging.INFO if status.status == "active" else logging.WARNING
                log.log(level, "%s: %s is %s (%s)", *key, status.status, status.reason)
            self._last_status[key] = status.status
        pairs = [
            tuple(statuses[device.capture_folder, component.name] for component in components)
            for device in self.config.devices
        ]
        return pairs, failures

    def _processes(self, components: tuple[Component, ...]) -> tuple[dict[str, Processes], dict[Any, str]]:
        """The processes of each component. Their folders are looked up one by one: one may not answer."""
        if not self.config.devices:
            return {one.name: Processes((), True) for one in components}, {}
        table, failures = self._read({"processes": lambda: (read_table(components), some_are_hidden())})
        tables, hidden = table.get("processes", ({one.name: [] for one in components}, True))
        jobs = {
            ("process", process.pid, name): partial(identified, process)
            for name, found in tables.items()
            for process in found
        }
        known, _ = self._read(jobs)
        self._seen |= {name for name, found in tables.items() if found}
        made = {}
        for name, found in tables.items():
            some = (known.get(("process", one.pid, name)) or replace(one, readable=False) for one in found)
            # Where others are hidden, the process that was seen here before is the one to look for here.
            made[name] = Processes(tuple(some), not hidden or name in self._seen)
        return made, failures

    def _tell_failures(self, failures: dict[Any, str]) -> None:
        for key in failures.keys() - self._failures.keys():
            what = key if isinstance(key, str) else " ".join(key)
            log.error("cannot read %s: %s", what, failures[key])
        self._failures = failures

    def _health(self, sensor: str | None, failures: dict[Any, str]) -> dict[str, Any]:
        """How the agent itself is doing."""
        waiting, refused, oldest = self.spool.count()
        age = oldest and max(0, round(time.time() - datetime.fromisoformat(oldest).timestamp()))
        return {
            "version": VERSION,
            "backlog_rows": waiting,
            "backlog_age_seconds": age,
            "quarantined": refused,
            "clock_offset_seconds": self.clock_offset,
            "last_error": self.errors.text,
            "last_error_at": self.errors.at,
            "unreadable_folders": sorted({key[0] for key in failures if not isinstance(key, str)}),
            "failed_readings": sorted(key for key in failures if isinstance(key, str)),
            "temperature_sensor": sensor,
            "spool_in_memory": self.spool.in_memory,
        }

    # Sending

    def keep(self, rows: list[Row]) -> None:
        self.spool.add(rows)

    def send(self) -> bool:
        """Bring what waits in the spool to the database, oldest first. True when all rows of this host are
        there, or refused for good."""
        deadline = time.monotonic() + self._budget()
        stored, forbidden = 0, set[str]()
        try:
            with self.stop.limit(deadline - time.monotonic()):
                connection = store.connect()
            with contextlib.closing(connection):
                with self.stop.limit(deadline - time.monotonic()):
                    self.clock_offset = store.clock_offset(connection)
                while time.monotonic() < deadline:
                    rows = self.spool.waiting(self._batch, forbidden)
                    if not rows:
                        break
                    for host_name, some in groupby(sorted(rows, key=by_host), by_host):
                        for outcome in self._deliver(connection, list(some), deadline):
                            stored += self._settle(host_name, outcome)
                            if outcome.of_host:
                                forbidden.add(host_name)
                    self._batch = BATCH
        except (psycopg.Error, Interrupted) as error:
            waiting, _, oldest = self.spool.count()
            log.error("not stored (%s); %d rows wait, since %s", one_line(error), waiting, oldest)
            self._database_is_away = True
            self._batch = max(1, self._batch // 2)  # perhaps it was too much at once
            return False
        if self._database_is_away:
            log.info("the database is back: %d rows stored", stored)
            self._database_is_away = False
        return not self.spool.count(self.config.host_name)[0]

    def _deliver(
        self, connection: psycopg.Connection[Any], rows: list[Row], deadline: float
    ) -> Iterator[store.Outcome]:
        """What becomes of the rows of one host. Only the database is waited for with a limit."""
        for row in rows:
            if row.values["timestamp"] == self._latest_round and row.values.get("agent"):
                row.values["agent"]["clock_offset_seconds"] = self.clock_offset
        outcomes = store.deliver(connection, rows)
        while True:
            with self.stop.limit(deadline - time.monotonic()):
                outcome = next(outcomes, None)
            if outcome is None:
                return
            yield outcome

    def _settle(self, host_name: str, outcome: store.Outcome) -> int:
        """Remember what became of the rows. Returns how many were stored."""
        if outcome.reason is None:
            self.spool.settle(outcome.rows)
            return len(outcome.rows)
        why = outcome.reason + store.advice(outcome.reason, host_name)
        if outcome.of_host:
            self.spool.set_trouble(host_name, outcome.reason)
            log.error("rows of host %s wait: %s", host_name, why)
            return 0
        self.spool.settle([], store.with_reason(outcome))
        place = outcome.rows[0].values.get("capture_folder", "the host")
        verb = "refused by the database" if outcome.for_good else "must wait"
        log.error("%d rows, of %s ... %s: %s (host-agent spool list)", len(outcome.rows), place, verb, why)
        return 0

    def _budget(self) -> float:
        """Seconds that a round may spend on the database: the next one must start on time."""
        return max(5.0, self.config.interval_seconds * 0.75)

    def once(self) -> bool:
        """A sample now; the rates in it are those of a second."""
        self.stop.wait(1)
        self.keep(self.sample(datetime.now(UTC)))
        return self.send()

    def run(self, file: Path | None = None) -> None:
        """Rounds until told to stop. SIGHUP: go on with the configuration as it is in `file` now."""
        notify_systemd("READY=1")
        latest = self.spool.latest()
        while not self.stop.event.is_set():
            config = self.config
            which = config.host_name, len(config.devices), config.interval_seconds
            log.info("%s: %d devices, a sample every %g s", *which)
            for at in ticks(config.interval_seconds, self.stop, latest=latest):
                latest = max(latest or at, at)
                if self.stop.reload and file:
                    self._reload(file)
                try:
                    self.keep(self.sample(at))
                    self.send()
                except Exception as error:  # the next round must come, whatever went wrong in this one
                    detail = log.isEnabledFor(logging.DEBUG)
                    log.error("the round of %s failed: %s", at.isoformat(), reason(error), exc_info=detail)
                notify_systemd("WATCHDOG=1")
                if self.config is not config:
                    break
        notify_systemd("STOPPING=1")
        log.info("stopped")

    def _reload(self, file: Path) -> None:
        self.stop.reload = False
        try:
            config = load(file)
        except ConfigError as error:
            log.error("the configuration stays as it was: %s", error)
            return
        if config.spool != self.config.spool:
            self.spool.close()
            self.spool = Spool(config.spool, config.spool_days, config.spool_megabytes)
        self.spool.days, self.spool.megabytes = config.spool_days, config.spool_megabytes
        self.host = Host(config.temperature_sensor)
        self.config = config
        log.info("read %s again", file)


class LastError(logging.Handler):
    """The last thing that went wrong with the agent itself."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.text: str | None = None
        self.at: str | None = None
        log.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.text = record.getMessage()[:500]
        self.at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")


def device_columns(device: Device, ffmpeg: Status, monitor: Status) -> dict[str, Any]:
    """What a row of system_device_metrics says of the device itself."""
    row = {key: value for key, value in asdict(device).items() if key != "path"}
    for name, status in (("ffmpeg", ffmpeg), ("monitor", monitor)):
        row[f"{name}_status"] = status.status
        row[f"{name}_uptime_seconds"] = status.uptime_seconds
        row[f"{name}_last_activity"] = status.last_activity and status.last_activity.isoformat()
    return row


def host_columns(config: Config, statuses: list[tuple[Status, Status]]) -> dict[str, Any]:
    """What a row of system_metrics says besides the load: the status of each capture folder."""
    row: dict[str, Any] = {"server_name": config.server_name}
    folders = [device.capture_folder for device in config.devices]
    for number, name in enumerate(("ffmpeg", "monitor")):
        found = [both[number] for both in statuses]
        uptimes = [status.uptime_seconds for status in found if status.uptime_seconds is not None]
        row[f"{name}_status"] = dict(zip(folders, (one.status for one in found), strict=True)) or None
        row[f"{name}_service_uptime_seconds"] = max(uptimes, default=None)
    return row


def by_host(row: Row) -> str:
    return row.host_name


def ticks(
    interval: float,
    stop: Any,
    clock: Callable[[], float] = time.time,
    latest: datetime | None = None,
) -> Iterator[datetime]:
    """The times that are multiples of the interval, each when it comes, whatever happens to the clock: the
    waiting does not depend on it. A minute that comes again because the clock was set back has a sample
    again, with the exact time it is taken, for the database keeps one row for a device and time."""
    while not stop.wait(interval - clock() % interval):
        now = clock()
        number = now // interval
        if now - number * interval > interval / 2:
            continue  # woken early, or far from a boundary after a jump of the clock
        at = datetime.fromtimestamp(number * interval, UTC)
        if latest and at <= latest:
            at = datetime.fromtimestamp(max(now, number * interval + 1e-6), UTC)
        yield at
        latest = max(latest or at, at)


def notify_systemd(message: str) -> None:
    """sd_notify(3); nothing happens elsewhere."""
    if name := os.environ.get("NOTIFY_SOCKET"):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto(message.encode(), name.replace("@", "\0", 1) if name[0] == "@" else name)


def one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
