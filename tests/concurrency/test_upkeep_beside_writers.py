"""Policy changes, retention and automatic closing while hosts write: nothing is lost, nobody is stuck."""

from __future__ import annotations

import random
import threading
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.concurrency.support import random_history, send
from tests.support.rows import START, device_row, insert
from tests.support.servers import Database

SOUND = "select * from incident.check_invariants()"


def rounds(connection: psycopg.Connection[Any], count: int) -> list[int]:
    """How many partitions each round dropped, four days after the start."""
    dropped = "select partitions_dropped from incident.sweep(%s)"
    return [connection.execute(dropped, [START + timedelta(days=4)]).fetchone()[0] for _ in range(count)]


def test_a_writer_keeps_its_partition_until_it_is_done(database: Database) -> None:
    """Retention waits 200 ms for the tables, gives way and tries again in the next round."""
    with database.connect() as connection, database.connect(autocommit=False) as writer:
        connection.execute(
            "select incident_engine.ensure_partitions(%s, %s)", [START, START + timedelta(days=4)]
        )
        insert(connection, [device_row(START), device_row(START + timedelta(days=3, hours=20))])
        connection.execute("select incident.set_retention('2 days')")
        assert rounds(connection, 1) == [0]
        insert(writer, device_row(START + timedelta(days=3, hours=20, minutes=1), device_name="Device 2"))
        assert rounds(connection, 2) == [0, 0]
        writer.commit()
        assert rounds(connection, 3) == [1, 1, 0]
        assert connection.execute(SOUND).fetchall() == []
        assert connection.execute("select count(*) from system_device_metrics").fetchone() == (2,)


def test_a_policy_changes_under_writers(database: Database) -> None:
    """Hosts send while the policy goes to and fro; in the end history is what the last policy tells."""
    stop = threading.Event()
    failures: list[BaseException] = []
    rows = random_history(random.Random(3), hosts=4, devices=2, minutes=90)
    hosts = sorted({row.key.host_name for row in rows})

    def write(host: str) -> None:
        try:
            with database.connect() as connection:
                for row in (row for row in rows if row.key.host_name == host):
                    send(connection, [row])
                    if stop.is_set():
                        return
        except BaseException as error:  # a thread's error is the test's
            failures.append(error)

    writers = [threading.Thread(target=write, args=[host]) for host in hosts]
    for writer in writers:
        writer.start()
    changes = 0
    with database.connect() as connection:
        while any(writer.is_alive() for writer in writers):
            silence = ["2 minutes", "4 minutes", "10 minutes"][changes % 3]
            connection.execute("select incident.set_policy(no_data_after => %s)", [silence])
            connection.execute("select incident.set_policy('host-1', no_data_after => '5 minutes')")
            changes += 1
        for writer in writers:
            writer.join()
        assert failures == []
        assert changes > 2
        connection.execute("select incident.sweep(%s)", [START + timedelta(minutes=120)])
        assert connection.execute(SOUND).fetchall() == []
        assert connection.execute("select * from incident.rebuild()").fetchall() == []


def sweep(database: Database, at: datetime) -> None:
    with database.connect() as connection:
        connection.execute("select incident.sweep(%s)", [at])


@pytest.mark.parametrize("rival", ["close", "reopen"])
def test_automatic_closing_gives_way_to_people(database: Database, rival: str) -> None:
    with database.connect() as connection, database.connect(autocommit=False) as person:
        insert(connection, [device_row(0), device_row(1, ffmpeg_status="stuck"), device_row(2)])
        connection.execute("select incident.set_policy(close_after => '1 day')")
        person.execute(f"select incident.{rival}(1, operator => 'ada')")
        at = START + timedelta(days=2)
        thread = threading.Thread(target=sweep, args=[database, at])
        thread.start()
        thread.join(timeout=2)
        person.commit()
        thread.join()
        sweep(database, at)  # the next round takes what the first one left to whoever held the host
        status, closed_by = connection.execute("select status, closed_by from system_incident").fetchone()
        assert (status, closed_by) == (("closed", "ada") if rival == "close" else ("open", None))
        waiting = connection.execute(
            "select * from incident_engine.error where repaired_at is null"
        ).fetchall()
        assert waiting == []
        assert connection.execute(SOUND).fetchall() == []
