"""Many connections at once."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import psycopg

from tests.property.oracle import Sample
from tests.property.replay import Replay
from tests.property.scenarios import STANDARD, Key, Row, Scenario
from tests.support.rows import START, insert
from tests.support.servers import Database

Work = Callable[[psycopg.Connection[Any]], None]


def at_once(database: Database, work: Iterable[Work]) -> None:
    """Each piece of work in a thread and on a connection of its own, all together. An error is
    raised."""
    work = list(work)
    together = threading.Barrier(len(work), timeout=60)

    def run(piece: Work) -> None:
        with database.connect() as connection:
            together.wait()
            piece(connection)

    with ThreadPoolExecutor(len(work)) as pool:
        for done in [pool.submit(run, piece) for piece in work]:
            done.result()


def random_history(chance: random.Random, hosts: int, devices: int, minutes: int) -> list[Row]:
    """Runs of a few minutes in one state, with silences."""
    rows = []
    for number in range(hosts * devices):
        key = Key(f"host-{number % hosts}", f"Device {number}", f"capture{number}")
        ffmpeg = monitor = "active"
        at = START
        while at < START + timedelta(minutes=minutes):
            if chance.random() < 0.3:
                ffmpeg = chance.choice(["active", "active", "stuck", "stopped", "unknown"])
            if chance.random() < 0.2:
                monitor = chance.choice(["active", "active", "stuck", "stopped", "unknown"])
            rows.append(Row(key, Sample(at, ffmpeg, monitor)))
            at += timedelta(minutes=5 if chance.random() < 0.05 else 1)
    return rows


def send(connection: psycopg.Connection[Any], rows: Iterable[Row]) -> None:
    """By one statement."""
    insert(connection, [row.columns() for row in rows], on_conflict="do nothing")


def send_shuffled(rows: list[Row], seed: int) -> Work:
    """All rows, shuffled, in statements of a few. Within a statement they are in order of the key: two that
    insert the same keys in different order wait for each other in any table of PostgreSQL."""
    chance = random.Random(seed)
    rows = chance.sample(rows, len(rows))
    batches = []
    while rows:
        count = chance.randint(1, 12)
        batches.append(sorted(rows[:count]))
        del rows[:count]

    def work(connection: psycopg.Connection[Any]) -> None:
        for batch in batches:
            send(connection, batch)

    return work


def wait_until_blocked(database: Database, work: Future[Any], name: str) -> None:
    """Until the connection of this application_name waits for a lock, or its work is done."""
    with database.connect() as connection:
        for _ in range(600):
            waits = connection.execute(
                "select from pg_stat_activity where application_name = %s and wait_event_type = 'Lock'",
                [name],
            ).fetchone()
            if waits is not None or work.done():
                return
            time.sleep(0.05)
    raise AssertionError(f"{name} neither waits for a lock nor ends")


def errors(database: Database) -> list[tuple[str, str]]:
    """What the fail-safe caught and the sweep has not repaired."""
    with database.connect() as connection:
        return connection.execute(
            "select sqlstate, message from incident_engine.error where repaired_at is null"
        ).fetchall()


def check_all(database: Database, rows: Iterable[Row], swept_to: datetime) -> None:
    """History and incidents are what the oracle says (nobody resolved or reopened anything by hand)."""
    with database.connect() as connection:
        replay = Replay(connection, Scenario((STANDARD,), ()), swept_to=swept_to)
        for row in rows:
            replay.arrivals[row.key].append(row.sample)
        replay.check_history()
        replay.check_incidents()
        replay.check_timeline()


def check_soundness(database: Database) -> None:
    with database.connect() as connection:
        assert connection.execute("select rule, detail from incident.check_invariants()").fetchall() == []
        assert connection.execute("select * from incident.rebuild()").fetchall() == []
