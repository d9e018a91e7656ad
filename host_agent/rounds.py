"""The rounds: a sample on every minute, into the spool, and from there to the database."""

from __future__ import annotations

import contextlib
import logging
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import psycopg

from host_agent import store
from host_agent.config import Config, ConfigError, load
from host_agent.readings import reason
from host_agent.sampler import Sampler
from host_agent.signals import Interrupted, Stop, notify_systemd
from host_agent.spool import Row, Spool

log = logging.getLogger("host_agent")

BATCH = 5000  # rows in one transaction, at most, while catching up


class Agent:
    """Takes samples and brings them to the database."""

    def __init__(self, config: Config, spool: Spool, stop: Stop) -> None:
        self.config = config
        self.spool = spool
        self.stop = stop
        self.sampler = Sampler(config)
        self.clock_offset: float | None = None  # seconds ahead of the server's, as of the last connection
        self.errors = LastError()
        self._latest_round = ""
        self._database_is_away = False
        self._batch = BATCH

    def sample(self, at: datetime) -> list[Row]:
        """The rows of a round: one for each device and one for the host, all with the time `at`. How the
        agent itself is doing travels with the last."""
        self._latest_round = at.isoformat()
        rows = self.sampler.sample(at)
        waiting, refused, oldest = self.spool.count()
        rows[-1].values["agent"] |= {
            "backlog_rows": waiting,
            "backlog_age_seconds": oldest and age(oldest),
            "quarantined": refused,
            "clock_offset_seconds": self.clock_offset,
            "last_error": self.errors.text,
            "last_error_at": self.errors.at,
            "spool_in_memory": self.spool.in_memory and str(self.spool.file) != ":memory:",
        }
        return rows

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
        self.config, self.sampler = config, Sampler(config)
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


def age(round: str) -> int:
    """Seconds since then, by this host's clock."""
    return max(0, int(time.time() - datetime.fromisoformat(round).timestamp()))


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
    again, at a moment of its own within its first second, for the database keeps one row for a device and
    time."""
    while not stop.wait(interval - clock() % interval):
        now = clock()
        number = now // interval
        if now - number * interval > interval / 2:
            continue  # woken early, or far from a boundary after a jump of the clock
        at = datetime.fromtimestamp(number * interval, UTC)
        if latest and at <= latest:
            moment = 1e-6 + random.random() * min(1, interval / 2)
            at = datetime.fromtimestamp(number * interval + moment, UTC)
        yield at
        latest = max(latest or at, at)


def one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
