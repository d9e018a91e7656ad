"""One commit: the metric row, the state change, the incident and its timeline, all of them or none."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.support.rows import device_row, device_rows, insert
from tests.support.servers import Database

EVERYTHING = """
select
    (select count(*) from public.system_device_metrics) as samples,
    (select count(*) from incident.device) as devices,
    (select count(*) from incident.device_state) as states,
    (select count(*) from public.system_incident) as incidents,
    (select count(*) from incident.timeline) as entries
"""
NOTHING = (0, 0, 0, 0, 0)
ONE_OF_EACH = (1, 1, 1, 1, 1)


def seen_by_others(database: Database) -> tuple[Any, ...]:
    with database.connect() as connection:
        return connection.execute(EVERYTHING).fetchone()


def test_commit_brings_all_of_it(database: Database) -> None:
    with database.connect(autocommit=False) as connection:
        insert(connection, device_row(0, ffmpeg_status="stuck"))
        assert connection.execute(EVERYTHING).fetchone() == ONE_OF_EACH
        assert seen_by_others(database) == NOTHING
        connection.commit()
        assert seen_by_others(database) == ONE_OF_EACH


def test_rollback_leaves_nothing(database: Database) -> None:
    with database.connect(autocommit=False) as connection:
        insert(connection, device_row(0, ffmpeg_status="stuck"))
        connection.rollback()
    assert seen_by_others(database) == NOTHING


def test_rollback_of_a_recovery_leaves_the_incident_open(database: Database) -> None:
    with database.connect() as connection:
        insert(connection, device_row(0, ffmpeg_status="stuck"))
        before = connection.execute("select * from public.system_incident").fetchall()
        with connection.transaction(force_rollback=True):
            insert(connection, device_rows("stopped active", at=1))
            assert connection.execute("select status from public.system_incident").fetchone() == ("resolved",)
        assert connection.execute("select * from public.system_incident").fetchall() == before
        assert connection.execute("select ffmpeg_status from incident.device").fetchone() == ("stuck",)
    assert seen_by_others(database) == ONE_OF_EACH


def test_a_lost_connection_leaves_nothing(database: Database) -> None:
    connection = database.connect(autocommit=False)
    insert(connection, device_row(0, ffmpeg_status="stuck"))
    connection.close()
    assert seen_by_others(database) == NOTHING


def test_savepoints_keep_what_is_released_and_nothing_else(database: Database) -> None:
    with database.connect() as connection, connection.transaction():
        insert(connection, device_row(0))
        with connection.transaction(force_rollback=True):
            insert(connection, device_row(1, ffmpeg_status="stopped"))
            assert connection.execute("select count(*) from public.system_incident").fetchone() == (1,)
        assert connection.execute("select count(*) from public.system_incident").fetchone() == (0,)
        with connection.transaction():
            insert(connection, device_row(2, ffmpeg_status="stuck"))
    with database.connect() as connection:
        assert connection.execute("select severity, status from public.system_incident").fetchall() == [
            ("high", "open")
        ]
        assert connection.execute("select rule from incident.check_invariants()").fetchall() == []


def test_an_error_later_in_the_transaction_takes_the_incident_back(database: Database) -> None:
    with database.connect() as connection:
        with pytest.raises(psycopg.errors.CheckViolation), connection.transaction():
            insert(connection, device_row(0, ffmpeg_status="stuck"))
            insert(connection, device_row(1, ffmpeg_status="dancing"))
        assert connection.execute(EVERYTHING).fetchone() == NOTHING


BREAK = """
create function public.break_it() returns trigger language plpgsql as $$
begin
    raise exception using
        errcode = 'XX123', message = 'broken on purpose', detail = 'a detail', hint = 'a hint';
end
$$;
create trigger break_it before insert on {} for each row execute function public.break_it();
"""


@pytest.mark.parametrize("table", ["public.system_incident", "incident.device_state", "incident.device"])
def test_an_error_of_the_engine_keeps_the_rows_and_is_repaired(database: Database, table: str) -> None:
    """The rows are committed, what went wrong is on record, the sweep makes good for it once it can."""
    with database.connect() as connection:
        connection.execute(BREAK.format(table))
        rows = [
            device_row(0, ffmpeg_status="stuck"),
            device_row(0, host_name="host-2", ffmpeg_status="stuck"),
        ]
        insert(connection, rows)

        assert connection.execute("select count(*) from public.system_device_metrics").fetchone() == (2,)
        errors = connection.execute(
            """
            select host_name, sqlstate, message, detail, hint, context ~ 'break_it',
                touched -> 0 ->> 'device_name', touched -> 0 ->> 'from_time'
            from incident_engine.error order by host_name
            """
        ).fetchall()
        assert errors == [
            (
                *(host, "XX123", "broken on purpose", "a detail", "a hint", True),
                *("Device 1", "2026-03-02T10:00:00+00:00"),
            )
            for host in ("host-1", "host-2")
        ]
        assert connection.execute("select count(*) from incident.check_invariants()").fetchone() >= (2,)

        connection.execute(f"drop trigger break_it on {table}")
        connection.execute("select incident.sweep('2026-03-02 10:01+00')")
        assert connection.execute(
            "select host_name, status from public.system_incident order by 1"
        ).fetchall() == [("host-1", "open"), ("host-2", "open")]
        assert connection.execute("select rule from incident.check_invariants()").fetchall() == []
