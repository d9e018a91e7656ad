"""Replay: rows per second of importing a history of 100 devices, in order, shuffled, in one statement.

Ordered and shuffled come in commits of 10,000 rows; one statement is an INSERT ... SELECT of the whole
history, as adopting an existing table does. A device changes state about three times a day. --days says
how long the history is (30: a month). Bare is the table without a trigger. At the end the package checks
itself.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from tests.bench.fleet import COPY, Fleet
from tests.bench.workbench import START, Connection, Row, Times, Workbench, without_trigger

DEVICES = 100
CHANGING = 0.002  # of the devices, each minute
COMMIT = 10_000  # rows
WAYS = ("ordered", "shuffled", "one statement")


def run(bench: Workbench) -> list[Row]:
    minutes = 60 if bench.options.quick else round(bench.options.days * 1440)
    return [measure(bench, way, minutes) for way in WAYS]


def measure(bench: Workbench, way: str, minutes: int) -> Row:
    rows = minutes * DEVICES
    days = -(-minutes // 1440)
    times = {"bare": Times(), "package": Times()}
    with bench.database(last_day=days) as bare, bench.database(last_day=days) as incident:
        databases = {"bare": bare.connect(), "package": incident.connect()}
        without_trigger(databases["bare"])
        if way == "one statement":
            for name, connection in databases.items():
                stage(connection, commits("ordered", minutes))
                with times[name].measured(connection):
                    connection.execute(
                        "insert into public.system_device_metrics select * from pg_temp.staged"
                    )
        else:
            # Commit by commit in turn, summed up.
            spent = {name: Times() for name in databases}
            for commit in commits(way, minutes):
                for name, connection in databases.items():
                    with spent[name].measured(connection):
                        copy(connection, COPY, commit)
            for name, parts in spent.items():
                times[name].clock.append(sum(parts.clock))
                times[name].cpu.append(sum(parts.cpu))
        started = time.perf_counter()
        violations = (
            databases["package"].execute("select count(*) from incident.check_invariants()").fetchone()[0]
        )
        check_seconds = time.perf_counter() - started
        for connection in databases.values():
            connection.close()
    return {
        "order": way,
        "rows": rows,
        "bare_rows/s": times["bare"].rate(rows),
        "package_rows/s": times["package"].rate(rows),
        "ratio": round(times["package"].clock[0] / times["bare"].clock[0], 3),
        "violations": violations,
        "check_invariants_seconds": round(check_seconds, 2),
    }


def commits(way: str, minutes: int) -> Iterator[str]:
    """The history, cut into commits. Shuffled, all of it stands in memory: about 300 bytes a row."""
    fleet = Fleet("replay", DEVICES, CHANGING, START)
    if way == "ordered":
        lines = []
        for _ in range(minutes):
            lines += fleet.minute()
            if len(lines) >= COMMIT:
                yield "".join(lines)
                lines = []
        yield "".join(lines)
        return
    lines = [line for _ in range(minutes) for line in fleet.minute()]
    random.Random(0).shuffle(lines)
    for first in range(0, len(lines), COMMIT):
        yield "".join(lines[first : first + COMMIT])


def stage(connection: Connection, parts: Iterator[str]) -> None:
    connection.execute("create temporary table staged (like public.system_device_metrics including defaults)")
    for part in parts:
        copy(connection, COPY.replace("public.system_device_metrics", "pg_temp.staged"), part)
    connection.execute("analyze pg_temp.staged")


def copy(connection: Connection, statement: str, text: str) -> None:
    with connection.cursor().copy(statement) as sink:
        sink.write(text)
