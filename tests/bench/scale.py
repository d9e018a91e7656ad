"""Scale: a row a minute of each device, 1 % of them changing in an hour, one outage of 20 %, and the answers

Each size has a database of its own. Minutes come as 2,500 hosts' rows a commit, and 200 of a single host's;
then 20 % of the devices stop within one minute and recover in the next. The answers are over 24 hours, of
which the database holds the minutes loaded here.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from tests.bench.fleet import COPY, DEVICES_PER_HOST, Fleet
from tests.bench.workbench import Row, Times, Workbench

ROWS_A_COMMIT = 10_000
# At the end of the minutes loaded, however long loading them took: by then the whole fleet may seem silent.
ANSWERS = {
    "status": "select * from incident.status(%(end)s)",
    "board": "select * from incident.board",
    "summary": "select * from incident.summary",
    "fleet": "select * from incident.availability(%(start)s, %(end)s, by => 'fleet', as_of => %(end)s)",
    "each": "select * from incident.availability(%(start)s, %(end)s, as_of => %(end)s)",
    "sla": "select * from incident.sla_report(by => 'fleet', as_of => %(end)s)",
    "response": "select * from incident.response_times(%(start)s, %(end)s, as_of => %(end)s)",
    "mtbf": "select * from incident.mtbf(%(start)s, %(end)s, by => 'fleet', as_of => %(end)s)",
}
SIZES = {
    "bytes/row": "public.system_device_metrics",
    "bytes/device": "incident.device, incident.device_state",
    "bytes/incident": "public.system_incident, incident.timeline, incident.notification",
}


def run(bench: Workbench) -> list[Row]:
    """A row for each figure, a column for each size: how it grows is what it shows."""
    sizes = [400] if bench.options.quick else bench.options.devices
    found = {f"{devices:,} devices": measure(bench, devices) for devices in sizes}
    names = next(iter(found.values()))
    return [{"figure": name, **{size: figures[name] for size, figures in found.items()}} for name in names]


def batched(lines: list[str], number: int) -> Iterator[list[str]]:
    for first in range(0, len(lines), number):
        yield lines[first : first + number]


def measure(bench: Workbench, devices: int) -> Row:
    minutes = 2 if bench.options.quick else 5
    start = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=minutes + 5)
    fleet = Fleet("scale", devices, 0.01 / 60, at=start)
    with bench.database(start) as database, database.connect() as connection:
        connection.execute("set jit = off; set max_parallel_workers_per_gather = 0")
        first = load(connection, fleet, 1)
        connection.execute("select * from incident.sweep(%s)", [fleet.at])
        connection.execute("vacuum analyze")
        healthy = load(connection, fleet, minutes)
        with database.connect() as agent:  # a plan made for the rows of all is not one for those of a host
            single, single_cpu = load_hosts(agent, fleet, 20 if bench.options.quick else 200)
        fleet.fail(0.2)
        outage = load(connection, fleet, 1)
        incidents = connection.execute("select count(*) from public.system_incident").fetchone()[0]
        fleet.recover()
        recovery = load(connection, fleet, 1)
        sweep = Times()
        for _ in range(2):
            with sweep.measured(connection):
                connection.execute("select * from incident.sweep(%s, '5 minutes')", [fleet.at])
        connection.execute("vacuum analyze")
        answers = {name: cpu_ms(connection, query, fleet.at) for name, query in ANSWERS.items()}
        rows = connection.execute("select count(*) from public.system_device_metrics").fetchone()[0]
        sizes = {
            name: sum(total_size(connection, table) for table in tables.split(", "))
            / {"bytes/row": rows, "bytes/device": devices, "bytes/incident": incidents}[name]
            for name, tables in SIZES.items()
        }
        return {
            "CPU us a row, the first": round(first["cpu"] / devices * 1e6),
            "CPU us a healthy row": round(healthy["cpu"] / devices / minutes * 1e6, 1),
            "CPU s a healthy minute": round(healthy["cpu"] / minutes, 2),
            "WAL bytes a healthy row": round(healthy["wal"] / devices / minutes),
            "insert of a host, CPU ms": round(statistics.median(single_cpu), 2),
            "insert of a host, p50 ms": round(statistics.median(single), 2),
            "insert of a host, p99 ms": round(statistics.quantiles(single, n=100)[98], 2),
            "incidents": incidents,
            "outage of 20 %, s": round(outage["clock"], 1),
            "until it is visible, longest s": round(outage["longest"], 2),
            "outage, CPU us a device": round(outage["cpu"] / (devices * 0.2) * 1e6),
            "recovery, CPU us a device": round(recovery["cpu"] / (devices * 0.2) * 1e6),
            "outage, WAL bytes a device": round(outage["wal"] / (devices * 0.2)),
            "sweep, CPU s": round(sweep.cpu[0], 2),
            "sweep again, CPU s": round(sweep.cpu[1], 2),
            **{f"{name}, CPU ms": value for name, value in answers.items()},
            **{name: round(value) for name, value in sizes.items()},
            "memory of the process, MB": memory_mb(connection),
        }


def load(connection: psycopg.Connection, fleet: Fleet, minutes: int) -> dict[str, float]:
    """CPU and clock seconds, bytes of WAL, and the longest commit of minutes of the whole fleet."""
    times, longest = Times(), 0.0
    before = wal(connection)
    for _ in range(minutes):
        for lines in batched(fleet.minute(), ROWS_A_COMMIT):
            began = time.perf_counter()
            with times.measured(connection), connection.cursor().copy(COPY) as copy:
                copy.write("".join(lines))
            longest = max(longest, time.perf_counter() - began)
    return {
        "cpu": sum(times.cpu),
        "clock": sum(times.clock),
        "longest": longest,
        "wal": wal(connection) - before,
    }


def load_hosts(connection: psycopg.Connection, fleet: Fleet, hosts: int) -> tuple[list[float], list[float]]:
    """A minute: milliseconds, and those of CPU, of the first hosts, each alone; the others in bulk."""
    lines = fleet.minute()
    first = min(hosts * DEVICES_PER_HOST, len(lines))
    times = Times()
    for ours in batched(lines[:first], DEVICES_PER_HOST):
        with times.measured(connection), connection.cursor().copy(COPY) as copy:
            copy.write("".join(ours))
    for others in batched(lines[first:], ROWS_A_COMMIT):
        with connection.cursor().copy(COPY) as copy:
            copy.write("".join(others))
    return [seconds * 1000 for seconds in times.clock], [seconds * 1000 for seconds in times.cpu]


def cpu_ms(connection: psycopg.Connection, query: str, end: datetime) -> float:
    """CPU milliseconds of the server's process, without parallel workers: other load hardly touches them."""
    given = {"start": end - timedelta(hours=24), "end": end} if "%(" in query else None
    times = Times()
    for _ in range(3):
        with times.measured(connection):
            connection.execute(query, given).fetchall()
    return round(statistics.median(times.cpu) * 1000)


def wal(connection: psycopg.Connection) -> int:
    return int(
        connection.execute("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint").fetchone()[0]
    )


def total_size(connection: psycopg.Connection, table: str) -> int:
    """With its indexes, and those of its partitions."""
    return connection.execute(
        """select sum(pg_total_relation_size(r.oid))::bigint from (
            select %(table)s::regclass::oid as oid
            union all select inhrelid from pg_inherits where inhparent = %(table)s::regclass) as r""",
        {"table": table},
    ).fetchone()[0]


def memory_mb(connection: psycopg.Connection) -> int:
    """The most that the server's process held at any time, shared buffers that it touched included."""
    for line in Path(f"/proc/{connection.info.backend_pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024
    return 0
