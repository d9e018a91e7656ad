"""Two transactions of one host whose first statement says nothing new (they share the host's lock) and
whose second does (each needs the lock for itself): PostgreSQL ends the wait, no row is lost, and who is
left folds for both."""

from __future__ import annotations

import threading
from typing import Any

import psycopg

from tests.concurrency.support import at_once, check_soundness
from tests.support.rows import device_row, insert, minute
from tests.support.servers import Database


def device(number: int) -> dict[str, Any]:
    return {"device_name": f"Device {number}", "capture_folder": f"capture{number}"}


def incidents(database: Database) -> list[tuple[str, str]]:
    with database.connect() as connection:
        return connection.execute(
            "select device_name, status from public.system_incident order by device_name"
        ).fetchall()


def test_lose_no_row_and_open_both_incidents(database: Database) -> None:
    with database.connect() as connection:
        insert(connection, [device_row(0, **device(1)), device_row(0, **device(2))])
    both_share = threading.Barrier(2, timeout=30)

    def writer(number: int) -> Any:
        def work(connection: psycopg.Connection[Any]) -> None:
            with connection.transaction():
                insert(connection, device_row(1, **device(number)))
                both_share.wait()
                insert(connection, device_row(2, **device(number), ffmpeg_status="stuck"))

        return work

    at_once(database, [writer(1), writer(2)])

    with database.connect() as connection:
        assert connection.execute("select count(*) from public.system_device_metrics").fetchone() == (6,)
        print(
            connection.execute(
                "select sqlstate, message, repaired_at, touched from incident_engine.error"
            ).fetchall()
        )
    assert incidents(database) == [("Device 1", "open"), ("Device 2", "open")]
    check_soundness(database)


def test_hosts_taken_in_opposite_order_lose_no_row(database: Database) -> None:
    both_hold_one = threading.Barrier(2, timeout=30)

    def writer(first: str, second: str, seconds: int) -> Any:
        def work(connection: psycopg.Connection[Any]) -> None:
            with connection.transaction():
                insert(connection, device_row(minute(seconds / 60), host_name=first, ffmpeg_status="stuck"))
                both_hold_one.wait()
                insert(connection, device_row(minute(seconds / 60), host_name=second, ffmpeg_status="stuck"))

        return work

    at_once(database, [writer("host-1", "host-2", 0), writer("host-2", "host-1", 1)])

    with database.connect() as connection:
        connection.execute("select incident.sweep(%s)", [minute(1)])
        assert connection.execute("select count(*) from public.system_device_metrics").fetchone() == (4,)
        print(
            connection.execute(
                "select sqlstate, message, repaired_at, touched from incident_engine.error"
            ).fetchall()
        )
        assert connection.execute(
            "select host_name, detected_at from public.system_incident order by 1"
        ).fetchall() == [("host-1", minute(0)), ("host-2", minute(0))]
    check_soundness(database)
