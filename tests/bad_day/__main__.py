"""`make bad-day`: what can go wrong for a whole site goes wrong on one evening, and every promise must hold.

A real server and some hundred hosts that send while: most devices fail at once, hosts fall silent, operators
acknowledge and one of them leaves psql open, a backend is killed with SIGKILL and then the whole server, a
new version is deployed, all devices recover, spools of 60 hours drain. Two sweepers run all the time.

    python -m tests.bad_day [--hosts 300] [--pace 1]

Then: no confirmed row is lost, nothing waited longer than 2 s for a lock, check_invariants() finds nothing,
rebuild() changes nothing, and each acknowledgement is still on the failure for which it was given.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.support.rows import insert
from tests.support.servers import Database, Server, temporary_server

INTERVAL = timedelta(seconds=20)  # between two samples of a device
SPOOL_HOURS = 60
LONGEST_WAIT = 2  # seconds
SETTINGS = {"synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "256MB"}
WRITERS = 8

# When what happens, in seconds from the first sample; --pace stretches it.
OUTAGE, SILENCE, KILL_BACKEND, OPEN_PSQL, DEPLOY, CLOSE_PSQL, RECOVERY, DRAIN, KILL_SERVER, END = (
    *(30, 45, 50, 55, 60, 80, 85, 90, 105, 130),
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Acknowledged:
    incident_id: int
    key: tuple[str, str, str, str]  # host, device, folder, component
    at: datetime
    by: str


@dataclass
class Day:
    server: Server
    database: Database
    hosts: int
    pace: float
    start: datetime = field(default_factory=lambda: datetime.now(UTC))
    over: threading.Event = field(default_factory=threading.Event)
    confirmed: dict[str, set[tuple[str, datetime]]] = field(default_factory=lambda: defaultdict(set))
    acknowledged: list[Acknowledged] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    waits: dict[tuple[str, str], float] = field(default_factory=dict)  # who waited for whom, longest
    broken: list[str] = field(default_factory=list)

    # Who is who: hosts by number, so that each part of the day meets its own

    def fails(self, host: int, device: int) -> bool:
        return (host * 2 + device) % 5 < 3

    def falls_silent(self, host: int) -> bool:
        return host % 20 == 7

    def was_offline(self, host: int) -> bool:
        return host % 100 == 11

    # Time

    def at(self, second: float) -> datetime:
        return self.start + timedelta(seconds=second * self.pace)

    def wait_until(self, moment: datetime) -> None:
        self.over.wait(max((moment - datetime.now(UTC)).total_seconds(), 0))

    # Rows

    def rows(self, host: int, at: datetime) -> list[Row]:
        broken = self.at(OUTAGE) <= at < self.at(RECOVERY)
        return [
            {
                "host_name": f"host-{host}",
                "device_id": f"device{device}",
                "device_name": f"Device {device}",
                "capture_folder": f"capture{device}",
                "timestamp": at,
                "ffmpeg_status": "stopped" if broken and self.fails(host, device) else "active",
                "monitor_status": "active",
            }
            for device in range(2)
        ]

    def spooled_rows(self, host: int) -> Iterator[list[Row]]:
        """What an agent kept while it was offline: a sample a minute, a failure of an hour each day."""
        first = self.start - timedelta(hours=SPOOL_HOURS)
        batch: list[Row] = []
        for minute in range(SPOOL_HOURS * 60):
            at = first + timedelta(minutes=minute)
            for row in self.rows(host, at):
                failing = minute % 1440 < 60 and row["device_name"] == "Device 0"
                batch.append(row | {"ffmpeg_status": "stuck" if failing else "active"})
            if len(batch) >= 500:
                yield batch
                batch = []
        yield batch

    # People and programs

    @contextlib.contextmanager
    def connected(self, name: str) -> Iterator[psycopg.Connection[Any]]:
        """A connection, as soon as the server lets us in."""
        while True:
            try:
                connection = self.database.connect(application_name=name, row_factory=dict_row)
                break
            except psycopg.OperationalError:
                time.sleep(0.2)
        with contextlib.suppress(psycopg.OperationalError), connection:
            yield connection

    def until_done(self, name: str, work: Callable[[psycopg.Connection[Any]], None]) -> None:
        """Again on a new connection when the server went away in the middle."""
        done = False
        while not done:
            with self.connected(name) as connection:
                work(connection)
                done = True

    def write(self, number: int) -> None:
        """A share of the hosts: one transaction for each host and interval, as agents do."""
        hosts = range(number, self.hosts, WRITERS)
        kept: dict[int, list[Row]] = defaultdict(list)
        turns = ((beat, host) for beat in range(10**6) for host in hosts)
        turn = next(turns)
        while not self.over.is_set():
            with self.connected("writer") as connection:
                connection.autocommit = False
                while not self.over.is_set():
                    beat, host = turn
                    moment = self.start + (beat + host / self.hosts) * INTERVAL
                    self.wait_until(moment)
                    if moment >= self.at(END):
                        return
                    silent = self.falls_silent(host) and self.at(SILENCE) <= moment < self.at(RECOVERY)
                    if not silent:
                        rows = sorted(
                            [*kept[host], *self.rows(host, moment)], key=lambda r: str(r["timestamp"])
                        )
                        self.send(connection, rows)
                        host_row = {"host_name": f"host-{host}", "timestamp": moment, "cpu_percent": 10}
                        insert(connection, host_row, "system_metrics", on_conflict="do nothing")
                        self.commit(connection, rows)
                        kept.pop(host, None)
                    else:
                        kept[host] += self.rows(host, moment)
                    turn = next(turns)

    def send(self, connection: psycopg.Connection[Any], rows: list[Row]) -> None:
        began = time.monotonic()
        insert(connection, rows, on_conflict="do nothing")
        self.seconds[f"insert of {'2 rows' if len(rows) == 2 else 'a spool'}"].append(
            time.monotonic() - began
        )

    def commit(self, connection: psycopg.Connection[Any], rows: Iterable[Row]) -> None:
        connection.commit()
        for row in rows:
            self.confirmed[row["host_name"]].add((row["device_name"], row["timestamp"]))

    def drain(self) -> None:
        self.wait_until(self.at(DRAIN))
        for host in filter(self.was_offline, range(self.hosts)):
            for batch in self.spooled_rows(host):

                def work(connection: psycopg.Connection[Any], batch: list[Row] = batch) -> None:
                    connection.autocommit = False
                    self.send(connection, batch)
                    self.commit(connection, batch)

                self.until_done("spool", work)

    def sweep(self) -> None:
        while not self.over.is_set():
            with self.connected("sweeper") as connection:
                while not self.over.wait(5):
                    began = time.monotonic()
                    ran = connection.execute("select ran from incident.sweep()").fetchone()["ran"]
                    if ran:
                        self.seconds["sweep"].append(time.monotonic() - began)

    def operate(self) -> None:
        """Two hundred are acknowledged one by one, ten more in a transaction that nobody ends for a while."""
        self.wait_until(self.at((SILENCE + KILL_BACKEND) / 2))
        self.until_done("operator", lambda connection: self.acknowledge(connection, 200, "ada"))
        self.wait_until(self.at(OPEN_PSQL))

        def leave_open(connection: psycopg.Connection[Any]) -> None:
            connection.autocommit = False
            before = len(self.acknowledged)
            try:
                self.acknowledge(connection, 10, "grace")
                self.wait_until(self.at(CLOSE_PSQL))
                connection.commit()
            except BaseException:
                del self.acknowledged[before:]
                raise

        self.until_done("open psql", leave_open)

    def acknowledge(self, connection: psycopg.Connection[Any], count: int, operator: str) -> None:
        found = connection.execute(
            """
            select incident_id from public.system_incident
            where status = 'open' and retracted_at is null
            order by md5(incident_id::text)
            limit %s
            """,
            [count],
        ).fetchall()
        for row in found:
            began = time.monotonic()
            connection.execute(
                "select incident.acknowledge(%s, note => 'on it', operator => %s)",
                [row["incident_id"], operator],
            )
            self.seconds["acknowledge"].append(time.monotonic() - began)
            incident = connection.execute(
                "select * from public.system_incident where incident_id = %s", [row["incident_id"]]
            ).fetchone()
            key = tuple(
                incident[name] for name in ("host_name", "device_name", "capture_folder", "component")
            )
            self.acknowledged.append(
                Acknowledged(incident["incident_id"], key, incident["acknowledged_at"], operator)
            )

    def deploy(self) -> None:
        """Beside the open transaction, where it may be refused, and again afterwards, where it may not."""
        self.wait_until(self.at(DEPLOY))
        began = time.monotonic()
        done = self.database.migrate(check=False)
        self.say(
            f"deployed beside an open transaction: exit {done.returncode}, {time.monotonic() - began:.1f} s"
            + "".join(f"\n    {line}" for line in done.stderr.splitlines()[:3])
        )
        self.wait_until(self.at(CLOSE_PSQL + 3))
        began = time.monotonic()
        done = self.database.migrate(check=False)
        self.say(f"deployed beside the writers: exit {done.returncode}, {time.monotonic() - began:.1f} s")
        if done.returncode != 0:
            self.broken.append(f"a deployment beside the writers failed: {done.stderr.strip()}")

    def kill(self) -> None:
        self.wait_until(self.at(KILL_BACKEND))
        with self.connected("killer") as connection:
            pid = connection.execute(
                "select pid from pg_stat_activity where application_name = 'writer' order by random() limit 1"
            ).fetchone()["pid"]
        os.kill(pid, signal.SIGKILL)
        self.say("killed a writer's backend with SIGKILL")
        self.wait_until(self.at(KILL_SERVER))
        self.server.kill9()
        self.server.start()
        self.say("killed the whole server with SIGKILL and started it again")

    def watch(self) -> None:
        """Who waits for a lock, for how long, and for whom."""
        while not self.over.is_set():
            with self.connected("watcher") as connection:
                while not self.over.wait(0.2):
                    for row in connection.execute(
                        """
                        select
                            w.application_name || ': '
                            || left(regexp_replace(w.query, '\\s+', ' ', 'g'), 60) as waiter,
                            coalesce(string_agg(distinct b.application_name || ' ' || b.state, ', '), '?')
                            as blocker,
                            extract(epoch from clock_timestamp() - min(l.waitstart))::float as seconds
                        from pg_locks as l
                        join pg_stat_activity as w using (pid)
                        left join pg_stat_activity as b on b.pid = any(pg_blocking_pids(l.pid))
                        where not l.granted and l.waitstart < clock_timestamp() - interval '0.3 seconds'
                        group by 1
                        """
                    ).fetchall():
                        pair = (row["waiter"], row["blocker"])
                        self.waits[pair] = max(self.waits.get(pair, 0), row["seconds"])

    # The day

    def live(self) -> None:
        interval = f"{INTERVAL.seconds} seconds"
        self.database.psql(
            f"select incident.set_policy(sample_interval => '{interval}', no_data_after => '1 minute')"
        )
        # The offline hosts were heard of before they went, so that their silence is an incident.
        with self.database.connect() as connection:
            for host in filter(self.was_offline, range(self.hosts)):
                rows = self.rows(host, self.start - timedelta(hours=SPOOL_HOURS, minutes=1))
                insert(connection, rows)
                self.confirmed[f"host-{host}"] |= {(row["device_name"], row["timestamp"]) for row in rows}
            connection.execute("select incident.sweep()")
        self.start = datetime.now(UTC) + timedelta(seconds=1)
        work = [self.sweep, self.sweep, self.operate, self.deploy, self.kill, self.watch, self.drain]
        threads = [threading.Thread(target=self.guarded, args=(one,)) for one in work]
        writers = [
            threading.Thread(target=self.guarded, args=(self.write, number)) for number in range(WRITERS)
        ]
        for thread in (*threads, *writers):
            thread.start()
        for second, what in (
            (OUTAGE, "three of five devices fail"),
            (SILENCE, "one host of twenty falls silent"),
            (OPEN_PSQL, "an operator leaves a transaction open"),
            (CLOSE_PSQL, "and ends it"),
            (RECOVERY, "everything recovers"),
            (DRAIN, f"spools of {SPOOL_HOURS} hours drain"),
        ):
            self.wait_until(self.at(second))
            self.say(what)
        for thread in (*writers, threads[-1]):
            thread.join()
        self.over.set()
        for thread in threads:
            thread.join()

    def guarded(self, work: Callable[..., None], *arguments: Any) -> None:
        try:
            work(*arguments)
        except Exception as error:
            self.broken.append(f"{work.__name__}: {type(error).__name__}: {error}")
            self.over.set()

    def say(self, what: str) -> None:
        second = (datetime.now(UTC) - self.start).total_seconds()
        print(f"{second:5.0f} s  {what}", flush=True)

    # What must be true of it

    def check(self) -> None:
        with self.database.connect(row_factory=dict_row) as connection:
            for _ in range(20):
                connection.execute("select incident.sweep()")
                left = connection.execute(
                    "select count(*) as n from incident_engine.error where repaired_at is null"
                ).fetchone()["n"]
                if not left:
                    break
            self.check_rows(connection)
            self.check_acknowledgements(connection)
            self.expect_nothing(connection, "select * from incident.check_invariants()")
            self.expect_nothing(connection, "select * from incident.verify_timeline()", may_be_missing=True)
            before = self.digest(connection)
            self.say("rebuilding everything ...")
            self.expect_nothing(connection, "select * from incident.rebuild()")
            if self.digest(connection) != before:
                self.broken.append("a rebuild makes another digest of states and incidents")
        for (waiter, blocker), seconds in self.waits.items():
            if seconds > LONGEST_WAIT + 0.5:  # the deadlock check and a busy machine
                self.broken.append(f"waited {seconds:.1f} s: {waiter}; for: {blocker}")

    def check_rows(self, connection: psycopg.Connection[Any]) -> None:
        stored: dict[str, set[tuple[str, datetime]]] = defaultdict(set)
        for row in connection.execute(
            "select host_name, device_name, timestamp from public.system_device_metrics"
        ):
            stored[row["host_name"]].add((row["device_name"], row["timestamp"]))
        lost = {host: len(rows - stored[host]) for host, rows in self.confirmed.items()}
        if any(lost.values()):
            self.broken.append(f"{sum(lost.values())} confirmed rows are lost")
        self.say(f"{sum(map(len, self.confirmed.values())):,} rows were confirmed")

    def check_acknowledgements(self, connection: psycopg.Connection[Any]) -> None:
        rows = {
            row["incident_id"]: row
            for row in connection.execute(
                """
                select i.*, exists (
                    select from incident.device_state as s
                    where (s.host_name, s.device_name, s.capture_folder)
                        = (i.host_name, i.device_name, i.capture_folder)
                        and s.ffmpeg_status in ('stuck', 'stopped')
                        and s.started_at <= i.acknowledged_at
                ) as had_failed
                from public.system_incident as i
                where i.acknowledged_at is not null
                """
            ).fetchall()
        }
        wrong = []
        for given in self.acknowledged:
            row = rows.get(given.incident_id)
            if row is None or (row["acknowledged_at"], row["acknowledged_by"]) != (given.at, given.by):
                wrong.append(f"{given.incident_id} lost it")
            elif (
                tuple(row[n] for n in ("host_name", "device_name", "capture_folder", "component"))
                != given.key
            ):
                wrong.append(f"{given.incident_id} is of another device")
            elif row["component"] == "ffmpeg" and row["retracted_at"] is not None and row["had_failed"]:
                wrong.append(f"{given.incident_id} was retracted although the device had failed")
            elif row["component"] == "ffmpeg" and row["detected_at"] > given.at:
                wrong.append(f"{given.incident_id} begins after it was acknowledged")
        if wrong:
            self.broken.append(f"{len(wrong)} acknowledgements: {'; '.join(wrong[:5])}")
        self.say(f"{len(self.acknowledged)} acknowledgements were given")

    def digest(self, connection: psycopg.Connection[Any]) -> Row:
        return connection.execute(
            """
            select
                (
                    select md5(string_agg(s::text, ',' order by s::text)) from incident.device_state as s
                ) as states,
                (
                    select md5(string_agg(concat_ws(
                        ' ', i.incident_id, i.host_name, i.device_name, i.capture_folder, i.component,
                        i.status, i.severity, i.detected_at, i.resolved_at, i.retracted_at, i.acknowledged_at
                    ), ',' order by i.incident_id))
                    from public.system_incident as i
                ) as incidents
            """
        ).fetchone()

    def expect_nothing(
        self, connection: psycopg.Connection[Any], query: str, *, may_be_missing: bool = False
    ) -> None:
        try:
            rows = connection.execute(query).fetchall()
        except psycopg.errors.UndefinedFunction:
            if may_be_missing:
                return
            raise
        if rows:
            self.broken.append(f"{query}: {len(rows)} rows, the first: {rows[0]}")

    def report(self) -> None:
        print("\nseconds                   count  median     99 %  longest")
        for what, seconds in sorted(self.seconds.items()):
            seconds.sort()
            print(
                f"{what:22} {len(seconds):8,} {seconds[len(seconds) // 2]:7.3f}  "
                f"{seconds[len(seconds) * 99 // 100]:7.3f}  {seconds[-1]:7.3f}"
            )
        print("\nlongest waits for a lock, seconds:")
        for (waiter, blocker), seconds in sorted(self.waits.items(), key=lambda item: -item[1])[:8]:
            print(f"{seconds:6.1f}  {waiter}\n        for: {blocker}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bad-day", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--hosts", type=int, default=300)
    parser.add_argument("--pace", type=float, default=1, help="stretches the day")
    parser.add_argument("--server", default="pg18", help="which PostgreSQL: pg18, pg15 ...")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began = time.monotonic()
    server = temporary_server(options.server, SETTINGS)
    try:
        day = Day(server, server.database("migrated"), options.hosts, options.pace)
        day.live()
        day.check()
        day.report()
    finally:
        server.remove()
    print(f"\n{time.monotonic() - began:.0f} s; load {os.getloadavg()[0]:.1f}")
    for one in day.broken:
        print(f"BROKEN: {one}")
    print("Every promise held." if not day.broken else f"{len(day.broken)} promises were broken.")
    return 1 if day.broken else 0


if __name__ == "__main__":
    sys.exit(main())
