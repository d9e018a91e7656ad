"""Engine: functions called and CPU of one event alone, then CPU for each of many devices at once.

One event is a commit of one row (or one call) on a database of 100 hosts with 4 devices and an hour of
samples, after an ANALYZE; functions are counted by the server itself (track_functions), CPU is that of
its process, the median of the repetitions. Many at once is one statement for n devices: it shows how cost
grows with the batch. A silence ends, or is found, on hosts that report through their other devices; nothing
is analysed after the first minute. A statement that takes longer than AT_MOST ends the run: what is linear
takes seconds.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.bench.workbench import Connection, Row, Workbench, cpu_seconds

INSERT = """
insert into public.system_device_metrics (
    host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status
)
select format('host-%%s', n / 4), 'device' || n, 'Device ' || n, 'capture' || n, %(at)s, %(status)s, 'active'
from generate_series(%(first)s::integer, %(last)s::integer) as n
"""
CALLS = """
select coalesce(sum(calls), 0)::integer from pg_stat_user_functions
where schemaname in ('incident', 'incident_engine')
"""
HOSTS = 100
AT_MOST = "90s"


def run(bench: Workbench) -> list[Row]:
    return [*events(bench), *batches(bench)]


def events(bench: Workbench) -> list[Row]:
    repetitions = 2 if bench.options.quick else 15
    start = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=90)
    rows = []
    with bench.database(start) as database, database.connect() as connection:
        for minute in range(20 if bench.options.quick else 60):
            insert(connection, start + timedelta(minutes=minute), "active", 0, HOSTS * 4 - 1)
        connection.execute("vacuum analyze")
        connection.execute("set track_functions = 'all'")
        now = start + timedelta(minutes=59)

        def one(name: str, act: Callable[[int], None], prepare: Callable[[int], None] | None = None) -> None:
            cpu, calls = [], []
            for number in range(repetitions):
                if prepare:
                    prepare(number)
                before = functions_called(connection)
                spent = cpu_seconds(connection.info.backend_pid)
                act(number)
                cpu.append(cpu_seconds(connection.info.backend_pid) - spent)
                calls.append(functions_called(connection) - before)
            rows.append(
                {
                    "what": name,
                    "devices": 1,
                    "functions_called": round(statistics.median(calls)),
                    "ms": round(statistics.median(cpu) * 1000, 2),
                }
            )

        def row(minutes: float, status: str, block: int) -> Callable[[int], None]:
            """A row of a device of its own in each repetition, `block` apart from those of other events."""
            return lambda number: insert(
                connection, now + timedelta(minutes=minutes), status, block + number * 4, block + number * 4
            )

        def four(minutes: float, status: str, block: int) -> Callable[[int], None]:
            """The rows of a host's four devices in one commit."""
            return lambda number: insert(
                connection,
                now + timedelta(minutes=minutes),
                status,
                block + number * 4,
                block + number * 4 + 3,
            )

        one("healthy row", row(1, "active", 0))
        one("failing row", row(1, "stuck", 60))
        one("late row", row(-30.5, "stuck", 120))
        one("resolve while failing", resolve(connection, 180), row(1, "stuck", 180))
        one("four failing rows", four(1, "stuck", 240))
        one("four recovering rows", four(2, "active", 240))
        for minute in range(3, 11):
            insert(connection, now + timedelta(minutes=minute), "active", 0, 299)
        sweep(connection, now + timedelta(minutes=10))
        one("end of a host's silence", row(11, "active", 300))
    with bench.database(start) as database, database.connect() as connection:
        for minute in range(20):
            insert(connection, start + timedelta(minutes=minute), "active", 0, HOSTS * 4 - 1)
        connection.execute("vacuum analyze")
        connection.execute("set track_functions = 'all'")
        at = start + timedelta(minutes=19)
        sweep(connection, at)
        for number in range(repetitions):
            insert(connection, at + timedelta(minutes=number + 1), "active", (number + 1) * 4, HOSTS * 4 - 1)
        moments = iter(range(repetitions))

        def round_of_the_sweep(_: int) -> None:
            sweep(connection, at + timedelta(minutes=next(moments) + 3))

        one("sweep that finds a silent host", round_of_the_sweep)
    return rows


def batches(bench: Workbench) -> list[Row]:
    rows = []
    for devices in (20, 40) if bench.options.quick else (200, 2000, 20_000):
        start = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=30)
        with bench.database(start) as database, database.connect() as connection:
            connection.execute(f"set statement_timeout = '{AT_MOST}'")
            insert(connection, start, "active", 0, devices - 1)
            insert(connection, start + timedelta(minutes=1), "active", 0, devices - 1)
            connection.execute("vacuum analyze")
            for what, minute, status in (
                ("fail", 2, "stopped"),
                ("recover", 3, "active"),
                ("fail again", 12, "stuck"),
                ("recover again", 13, "active"),
                ("late row", 12.5, "stuck"),
            ):
                spent = cpu_seconds(connection.info.backend_pid)
                insert(connection, start + timedelta(minutes=minute), status, 0, devices - 1)
                rows.append(each(what, devices, cpu_seconds(connection.info.backend_pid) - spent))
            # One device in four goes on reporting, so that the others are silent, and not their hosts.
            sweep(connection, start + timedelta(minutes=13))
            for minute in range(14, 20):
                reporting(connection, start + timedelta(minutes=minute), devices)
            spent = cpu_seconds(connection.info.backend_pid)
            sweep(connection, start + timedelta(minutes=19))
            rows.append(
                each("fall silent", devices * 3 // 4, cpu_seconds(connection.info.backend_pid) - spent)
            )
    return rows


def each(what: str, devices: int, seconds: float) -> Row:
    return {
        "what": f"{what}, for each",
        "devices": devices,
        "functions_called": "",
        "ms": round(seconds * 1000 / devices, 3),
    }


def insert(connection: Connection, at: datetime, status: str, first: int, last: int) -> None:
    connection.execute(INSERT, {"at": at, "status": status, "first": first, "last": last})


def reporting(connection: Connection, at: datetime, devices: int) -> None:
    connection.execute(
        f"{INSERT} where n %% 4 = 0", {"at": at, "status": "active", "first": 0, "last": devices - 1}
    )


def resolve(connection: Connection, block: int) -> Callable[[int], None]:
    def act(number: int) -> None:
        connection.execute(
            """
            select incident.resolve(i.incident_id, note => 'by hand')
            from public.system_incident as i
            where i.host_name = %s and i.device_name = %s and i.status = 'open'
            """,
            [f"host-{(block + number * 4) // 4}", f"Device {block + number * 4}"],
        )

    return act


def sweep(connection: Connection, at: datetime) -> None:
    connection.execute("select incident.sweep(%s)", [at])


def functions_called(connection: Connection) -> int:
    connection.execute("select pg_stat_force_next_flush()")
    return connection.execute(CALLS).fetchone()[0]
