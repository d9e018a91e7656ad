"""A full dump, restored: the same rows, and it goes on where it was."""

from __future__ import annotations

import os
import subprocess

from tests.support.dump import newest_pg_dump
from tests.support.psql import environment
from tests.support.rows import device_rows, host_row, insert
from tests.support.servers import Database


def test_a_full_dump_restores(database: Database, empty_database: Database) -> None:
    with database.connect() as connection:
        insert(connection, device_rows("active stuck stopped active - - - - active stopped"))
        insert(connection, host_row(0), "system_metrics")
        connection.execute("select incident.sweep()")
        connection.execute("select incident.acknowledge(incident_id) from incident.active")
    dumped = subprocess.run(
        [newest_pg_dump(), "--no-owner", "--dbname", database.url],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
        cwd=os.sep,
    ).stdout
    # A setting that older servers do not know.
    empty_database.psql(dumped.replace("SET transaction_timeout = 0;", ""))

    everything = (
        "select * from public.system_incident order by 1; select * from incident.timeline order by 1, 2, 3;"
        "select * from incident.device_state order by 1, 2, 3, 4; select * from incident.device"
    )
    assert empty_database.psql(everything) == database.psql(everything)
    assert empty_database.psql("select * from incident.check_invariants()") == ""
    assert empty_database.psql("select * from incident.verify_timeline()") == ""
    assert "0 migrations applied now" in empty_database.migrate().stdout
    with empty_database.connect() as connection:
        insert(connection, device_rows("active", at=20))
    assert (
        empty_database.psql("select distinct status from public.system_incident where component = 'ffmpeg'")
        == "resolved"
    )
