"""kill -9 of the whole server under load: then everything agrees, and no acknowledged insert is missing."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable
from datetime import datetime

import psycopg
import pytest

from tests.support.rows import device_row, insert, minute
from tests.support.servers import Database, Server

DURABLE = {"synchronous_commit": "on", "full_page_writes": "on"}
# kill -9 takes nothing from the kernel, so fsync makes no difference to it but the time that a restart takes.
AS_IN_PRODUCTION = DURABLE | {"fsync": "on"}
WRITERS = 4

Key = tuple[str, datetime]


def write(database: Database, number: int, first: int, acknowledged: list[Key]) -> None:
    """Send rows of one device, a few a statement, until the server is gone; note those that it confirmed."""
    chance = random.Random(number * 1000 + first)
    at = first
    with contextlib.suppress(psycopg.OperationalError), database.connect() as connection:
        while True:
            rows = [
                device_row(
                    minute(at + position),
                    host_name=f"host-{number % 2}",
                    device_name=f"Device {number}",
                    ffmpeg_status=chance.choice(["active", "active", "stuck", "stopped"]),
                )
                for position in range(chance.randint(1, 5))
            ]
            insert(connection, rows)
            acknowledged.extend((row["device_name"], row["timestamp"]) for row in rows)
            at += len(rows)


def crash_under_load(
    server: Server, database: Database, seconds: float, acknowledged: list[Key], first: int
) -> None:
    kept: list[list[Key]] = [[] for _ in range(WRITERS)]
    writers = [
        threading.Thread(target=write, args=(database, number, first, kept[number]))
        for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    while not all(kept):  # all of them are at it
        time.sleep(0.01)
    time.sleep(seconds)
    server.kill9()
    for writer in writers:
        writer.join(timeout=30)
        assert not writer.is_alive()
    for of_writer in kept:
        acknowledged.extend(of_writer)


def check(database: Database, acknowledged: list[Key]) -> None:
    with database.connect() as connection:
        stored = set(
            connection.execute("select device_name, timestamp from public.system_device_metrics").fetchall()
        )
        assert set(acknowledged) <= stored
        assert connection.execute("select rule, detail from incident.check_invariants()").fetchall() == []
        connection.execute("select incident.sweep(%s)", [max(at for _, at in stored)])
        assert connection.execute("select rule, detail from incident.check_invariants()").fetchall() == []
        assert connection.execute("select * from incident.rebuild()").fetchall() == []


def crash(server: Server, rounds: int, seed: int) -> None:
    database = server.database("migrated")
    chance = random.Random(seed)
    acknowledged: list[Key] = []
    for number in range(rounds):
        crash_under_load(server, database, chance.uniform(0, 0.3), acknowledged, first=number * 10_000)
        server.start()
        check(database, acknowledged)


def test_nothing_acknowledged_is_lost_and_everything_agrees(private_server: Callable[..., Server]) -> None:
    crash(private_server(**DURABLE), rounds=2, seed=1)


@pytest.mark.nightly
def test_nothing_acknowledged_is_lost_in_many_rounds(private_server: Callable[..., Server]) -> None:
    crash(private_server(**AS_IN_PRODUCTION), rounds=20, seed=2)
