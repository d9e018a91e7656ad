"""A statement of two hosts looks whether its rows are news, then waits for the lock of the one that has news.
What another writer folds on the other host meanwhile must not make it miss a row."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.concurrency.support import check_soundness, wait_until_blocked
from tests.support.rows import device_row, insert
from tests.support.servers import Database


@pytest.mark.parametrize("quiet, noisy", [("host-1", "host-2"), ("host-2", "host-1")])
def test_misses_no_row(database: Database, quiet: str, noisy: str) -> None:
    """Whichever lock comes first in the order of locks."""
    with database.connect() as connection:
        insert(connection, [device_row(0, host_name=quiet), device_row(0, host_name=noisy)])

    with (
        ThreadPoolExecutor() as pool,
        database.connect(autocommit=False) as holder,
        database.connect(application_name="both hosts") as both,
        database.connect(application_name="late row") as late,
    ):
        insert(holder, device_row(0.5, host_name=noisy))  # says nothing new, and keeps the host's lock
        rows = [device_row(10, host_name=quiet), device_row(10, host_name=noisy, ffmpeg_status="stuck")]
        of_both = pool.submit(insert, both, rows)
        wait_until_blocked(database, of_both, "both hosts")
        of_late = pool.submit(insert, late, device_row(9, host_name=quiet, ffmpeg_status="stuck"))
        wait_until_blocked(database, of_late, "late row")
        holder.commit()
        of_both.result()
        of_late.result()

    with database.connect() as connection:
        assert connection.execute(
            "select status from public.system_incident order by host_name = %s desc", [quiet]
        ).fetchall() == [("resolved",), ("open",)]
    check_soundness(database)
