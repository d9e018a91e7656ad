"""A host or a device gets another name while its agent writes: no row is lost, whatever its name."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.concurrency.support import check_soundness
from tests.support.rows import device_row, device_rows, insert
from tests.support.servers import Database

MINUTES = 120
RENAME = "select incident.rename_host('old', 'new', operator => 'ana')"


def status(number: int) -> str:
    return "stuck" if number % 30 in range(10, 20) else "active"


def test_no_row_is_lost_whatever_name_it_came_under(database: Database) -> None:
    """The agent is restarted with the new name a while after the database has been told."""
    halfway, renamed = threading.Event(), threading.Event()

    def write() -> None:
        names = iter(["old"] * 5)
        with database.connect() as connection:
            for number in range(MINUTES):
                name = next(names, "new") if renamed.is_set() else "old"
                insert(connection, device_row(number, host_name=name, ffmpeg_status=status(number)))
                if number == MINUTES // 2:
                    halfway.set()

    def rename() -> None:
        halfway.wait(60)
        with database.connect() as connection:
            connection.execute(RENAME)
        renamed.set()

    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(write), pool.submit(rename)]:
            done.result()
    with database.connect() as connection:
        connection.execute(RENAME)  # what came under the old name since then
        count = "select count(*) from public.system_device_metrics where host_name = 'new'"
        assert connection.execute(count).fetchone() == (MINUTES,)
        assert connection.execute("select host_name from incident.host").fetchall() == [("new",)]
        incidents = connection.execute(
            "select extract(minute from detected_at)::integer, status from public.system_incident"
            " where component = 'ffmpeg' and retracted_at is null order by detected_at"
        ).fetchall()
        assert incidents == [(10, "resolved"), (40, "resolved"), (10, "resolved"), (40, "resolved")]
        assert connection.execute("select message from incident_engine.error").fetchall() == []
        assert connection.execute("select * from incident.verify_timeline()").fetchall() == []
    check_soundness(database)


@pytest.mark.parametrize("busy", ["old", "new"])
def test_waits_two_seconds_for_a_writer_of_either_name_and_changes_nothing(
    database: Database, busy: str
) -> None:
    with database.connect() as connection, database.connect(autocommit=False) as holder:
        insert(connection, device_rows("active stuck", host_name="old"))
        insert(holder, device_row(5, host_name=busy, ffmpeg_status="stopped"))
        with pytest.raises(psycopg.errors.LockNotAvailable):
            connection.execute(RENAME)
        holder.commit()
        assert connection.execute("select count(*) from incident.move").fetchone() == (0,)
        connection.execute(RENAME)
        assert connection.execute("select distinct host_name from public.system_incident").fetchall() == [
            ("new",)
        ]
    check_soundness(database)


def test_a_verb_in_between_is_kept(database: Database) -> None:
    with database.connect() as connection, database.connect(autocommit=False) as person:
        insert(connection, device_rows("active stuck", host_name="old"))
        person.execute("select incident.acknowledge(1, 'on it', 'ben')")
        with ThreadPoolExecutor() as pool:
            renaming = pool.submit(connection.execute, RENAME)
            person.commit()
            renaming.result()
        assert connection.execute(
            "select host_name, status, acknowledged_by from public.system_incident"
        ).fetchall() == [("new", "in_progress", "ben")]
        assert connection.execute("select * from incident.verify_timeline()").fetchall() == []
