"""Ingest: how many times as long as into the bare table does a commit take?

The bare table has the same columns, partitions, indexes and constraints, and no trigger; `per row` is
what one writes without the package (per_row_trigger.sql). A commit of 4 rows is a host sending its
minute by a prepared INSERT; 1,000 and 10,000 rows are a minute of that many devices in one COPY.
`changing` is the share of devices that change state each minute. Commits of 4 rows are measured with
synchronous_commit on and off: waiting for the disk hides what the work costs. The ratio is the median
(and the middle half) of pairs of repetitions; the CPU ratio is of all the time that the server process
worked, whatever else the machine did.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from tests.bench.fleet import COLUMNS, COPY, DEVICES_PER_HOST, Fleet
from tests.bench.workbench import Connection, Row, Times, Workbench, without_trigger

PER_ROW_TRIGGER = Path(__file__).with_name("per_row_trigger.sql").read_text()
VARIANTS = ("bare", "package", "per_row")
PAST_DAYS = 60  # partitions of a site that keeps two months

WIDTH = COLUMNS.count(",") + 1
ONE_ROW = "({})".format(", ".join(["${}"] * WIDTH))
ROWS = ", ".join([ONE_ROW] * DEVICES_PER_HOST).format(*range(1, WIDTH * DEVICES_PER_HOST + 1))
INSERT = f"insert into public.system_device_metrics ({COLUMNS}) values {ROWS} on conflict do nothing"


@dataclass(frozen=True)
class Cell:
    rows: int  # per commit
    changing: float
    synchronous: str = "on"
    repetitions: int = 9

    @property
    def devices(self) -> int:
        return max(self.rows, 1000)


def cells(quick: bool) -> list[Cell]:
    if quick:
        return [Cell(4, 0.2, repetitions=2), Cell(1000, 0.01, repetitions=2)]
    kinds = [(4, "off", 15), (4, "on", 9), (1000, "on", 11), (10_000, "on", 9)]
    return [
        Cell(rows, changing, commit, times) for rows, commit, times in kinds for changing in (0, 0.01, 0.2)
    ]


def run(bench: Workbench) -> list[Row]:
    # The minutes of all repetitions lie within the last hour, as those of a live fleet.
    start = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=50)
    past_days = 3 if bench.options.quick else PAST_DAYS
    with ExitStack() as stack:
        connections = {}
        for name in VARIANTS:
            database = stack.enter_context(bench.database(start, first_day=-past_days))
            connections[name] = stack.enter_context(database.connect())
        without_trigger(connections["bare"])
        connections["per_row"].execute(PER_ROW_TRIGGER)
        return [measure(cell, connections, start) for cell in cells(bench.options.quick)]


def measure(cell: Cell, connections: dict[str, Connection], start: datetime) -> Row:
    """Repetitions of the same rows into each, in turn. The first minutes register the devices and warm up."""
    name = f"{cell.rows}-{cell.changing:.0%}-{cell.synchronous}"
    fleet = Fleet(name, cell.devices, cell.changing, start)
    commits = {4: one_minute_by_host, 1000: two_minutes, 10_000: one_minute}[cell.rows]
    for _ in range(2):
        warm_up = commits(fleet)
        for connection in connections.values():
            send(connection, warm_up)
    for connection in connections.values():
        connection.execute(f"set synchronous_commit = {cell.synchronous}")
        connection.execute("vacuum analyze incident.device")
        connection.execute("checkpoint")

    times = {name: Times() for name in VARIANTS}
    for repetition in range(cell.repetitions):
        batch = commits(fleet)
        for position in range(len(VARIANTS)):
            name = VARIANTS[(position + repetition) % len(VARIANTS)]
            with times[name].measured(connections[name]):
                send(connections[name], batch)
    rows = sum(len(commit) for commit in batch)
    return (
        {
            "rows_per_commit": cell.rows,
            "synchronous_commit": cell.synchronous,
            "changing": f"{cell.changing:.0%}",
        }
        | {f"{name}_rows/s": times[name].rate(rows) for name in VARIANTS}
        | {
            f"{name}_{key}": value
            for name in VARIANTS[1:]
            for key, value in times[name].ratio(times["bare"]).items()
        }
    )


# A batch is a list of commits, a commit a list of lines.


def one_minute_by_host(fleet: Fleet) -> list[list[str]]:
    return list(fleet.hosts())


def one_minute(fleet: Fleet) -> list[list[str]]:
    return [fleet.minute()]


def two_minutes(fleet: Fleet) -> list[list[str]]:
    return [fleet.minute() for _ in range(2)]


def send(connection: Connection, batch: list[list[str]]) -> None:
    if len(batch[0]) == DEVICES_PER_HOST:
        insert(connection, batch)
        return
    for commit in batch:
        with connection.cursor().copy(COPY) as copy:
            copy.write("".join(commit))


def insert(connection: Connection, batch: list[list[str]]) -> None:
    """By libpq itself: what the client costs would hide what the server does."""
    link = connection.pgconn
    link.prepare(b"insert_host", INSERT.encode())
    for commit in batch:
        values = "\t".join(line.rstrip("\n") for line in commit).encode().split(b"\t")
        result = link.exec_prepared(b"insert_host", values)
        if result.status != psycopg.pq.ExecStatus.COMMAND_OK:
            raise psycopg.DatabaseError(result.error_message.decode())
    link.exec_(b"deallocate insert_host")
