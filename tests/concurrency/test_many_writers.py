"""Many writers, sweeps and operators at once leave what one writer would have left."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from tests.concurrency.support import (
    at_once,
    check_all,
    check_soundness,
    errors,
    random_history,
    send_shuffled,
)
from tests.support.rows import device_row, insert, minute
from tests.support.servers import Database


def sweep(database: Database, minutes: float) -> None:
    with database.connect() as connection:
        connection.execute("select incident.sweep(%s)", [minute(minutes)])


def test_64_writers_of_overlapping_pieces_leave_what_the_oracle_says(database: Database) -> None:
    rows = random_history(random.Random(64), hosts=3, devices=2, minutes=60)
    pieces = [rows[number::64] + rows[(number + 1) % 64 :: 64] for number in range(64)]
    at_once(database, [send_shuffled(piece, seed) for seed, piece in enumerate(pieces)])
    sweep(database, 60)
    assert errors(database) == []
    check_all(database, rows, minute(60))
    check_soundness(database)


@pytest.mark.parametrize("apart", [timedelta(), timedelta(seconds=1)])
def test_32_writers_that_fail_the_same_devices_open_one_incident_each(
    database: Database, apart: timedelta
) -> None:
    def failing(number: int) -> Any:
        rows = [
            device_row(
                minute(1) + number * apart,
                host_name=f"host-{device % 2}",
                device_name=f"Device {device}",
                ffmpeg_status="stopped",
                monitor_status="stuck",
            )
            for device in range(8)
        ]
        if apart:  # rows of the same keys in different order would wait for each other in any table
            rows = rows[number % 8 :] + rows[: number % 8]
        return lambda connection: insert(connection, rows, on_conflict="do nothing")

    at_once(database, [failing(number) for number in range(32)])
    with database.connect() as connection:
        found = connection.execute(
            """
            select device_name, component, count(*) from public.system_incident
            where status = 'open' group by 1, 2
            """
        ).fetchall()
        assert sorted(found) == [
            (f"Device {device}", component, 1) for device in range(8) for component in ("ffmpeg", "monitor")
        ]
        assert connection.execute("select count(*) from public.system_incident").fetchone() == (16,)
        assert connection.execute("select sqlstate, message from incident_engine.error").fetchall() == []
    check_soundness(database)


def test_writers_sweeps_and_operators_at_once(database: Database) -> None:
    rows = random_history(random.Random(7), hosts=2, devices=3, minutes=40)

    def sweeps(connection: psycopg.Connection[Any]) -> None:
        for number in range(10):
            connection.execute("select incident.sweep(%s)", [minute(4 * number)])

    def operates(seed: int) -> Any:
        chance = random.Random(seed)

        def work(connection: psycopg.Connection[Any]) -> None:
            for _ in range(25):
                numbers = connection.execute("select incident_id from public.system_incident").fetchall()
                if not numbers:
                    continue
                verb = chance.choice(["acknowledge", "resolve", "reopen", "close"])
                try:
                    connection.execute(f"select incident.{verb}(%s)", chance.choice(numbers))
                except psycopg.Error as error:
                    if error.sqlstate != "IN001":
                        raise

        return work

    pieces = [rows[number::8] for number in range(8)]
    at_once(
        database,
        [
            *(send_shuffled(piece, seed) for seed, piece in enumerate(pieces)),
            *(operates(seed) for seed in range(4)),
            *[sweeps] * 3,
        ],
    )
    sweep(database, 40)
    assert errors(database) == []
    check_soundness(database)
