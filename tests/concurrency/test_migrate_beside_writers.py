"""Deploying while hosts write, people act and the sweep runs: no row lost, no deadlock, nothing undone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from tests.support.rows import device_row, host_row, insert
from tests.support.servers import Database

SECOND = timedelta(seconds=1)


def writer(number: int, stop: threading.Event) -> Callable[[psycopg.Connection[Any]], int]:
    """About ten transactions a second for a host of its own; returns how many rows went in. Every other
    writer uses the two tables in the other order."""

    def write(connection: psycopg.Connection[Any]) -> int:
        host = f"host-{number}"
        at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
        written = 0
        while not stop.wait(0.1):
            at += SECOND
            status = ("active", "stuck", "stopped")[written // 6 % 3]
            rows = [
                ("system_device_metrics", device_row(at, host_name=host, ffmpeg_status=status)),
                ("system_metrics", host_row(at, host_name=host)),
            ]
            with connection.transaction():
                for table, row in rows if number % 2 else reversed(rows):
                    insert(connection, row, table)
            written += 2
        return written

    return write


def operator(stop: threading.Event) -> Callable[[psycopg.Connection[Any]], int]:
    """Comments on whatever is active, and runs the sweep."""

    def act(connection: psycopg.Connection[Any]) -> int:
        while not stop.wait(0.1):
            connection.execute("select incident.comment(incident_id, 'on it') from incident.active limit 1")
            connection.execute("select incident.sweep()")
        return 0

    return act


def test_migrate_beside_writers(database: Database) -> None:
    stop = threading.Event()
    work = [*(writer(number, stop) for number in range(4)), operator(stop)]

    def run(piece: Callable[[psycopg.Connection[Any]], int]) -> int:
        with database.connect() as connection:
            return piece(connection)

    with ThreadPoolExecutor(len(work)) as pool:
        running = [pool.submit(run, piece) for piece in work]
        try:
            for _ in range(3):
                done = database.migrate(arguments=["-v", "lock_timeout=2min"])
                assert done.stderr == ""
        finally:
            stop.set()
        written = sum(piece.result() for piece in running)

    assert written > 0
    with database.connect() as connection:
        rows = "select (select count(*) from system_metrics) + (select count(*) from system_device_metrics)"
        assert connection.execute(rows).fetchone() == (written,)
        # What waited two seconds for whoever held its host was left to the next round, and nothing else.
        connection.execute("select incident.sweep()")
        errors = (
            "select sqlstate, message, context, repaired_at from incident_engine.error"
            " where repaired_at is null or sqlstate <> '55P03'"
        )
        assert connection.execute(errors).fetchall() == []
        assert connection.execute("select * from incident.check_invariants()").fetchall() == []
