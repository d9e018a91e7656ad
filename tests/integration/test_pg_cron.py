"""A real pg_cron runs the sweep: make migrate schedules it, one job, and nothing runs twice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.support.servers import Database, Server, server_names, temporary_server

pytestmark = pytest.mark.parametrize("server", server_names("pg_cron"), indirect=True)

JOBS = "select command, schedule, active from cron.job where jobname = 'pg_incident sweep'"
HEALTH = "select driven_by, is_running from incident.health"


@pytest.fixture
def scheduled(server: Server) -> Iterator[Database]:
    """A database with pg_cron, which serves one database of a server, and then pg_incident."""
    if server.cluster is None:
        pytest.skip("needs a server of its own, not the one given by DATABASE_URL or PG*")
    own = temporary_server(
        server.name, {"cron.use_background_workers": "on", "cron.database_name": "monitoring"}
    )
    database = Database(own, "monitoring")
    try:
        with psycopg.connect(own.url(), autocommit=True) as connection:
            connection.execute("create database monitoring")
        database.psql("create extension pg_cron")
        database.migrate()
        database.psql("select incident.schedule_sweep()")  # once more, as make migrate does
        yield database
    finally:
        own.remove()


def wait_for(connection: psycopg.Connection[Any], question: str, seconds: float = 200) -> None:
    until = time.monotonic() + seconds
    while not connection.execute(question).fetchone()[0]:
        assert time.monotonic() < until, question
        time.sleep(0.1)


def test_runs_the_sweep(scheduled: Database) -> None:
    """At the next full minute, the shortest distance that every pg_cron knows."""
    with scheduled.connect() as connection:
        assert connection.execute(JOBS).fetchall() == [("select incident.sweep()", "* * * * *", True)]
        connection.execute(
            "insert into system_device_metrics (host_name, device_id, device_name, "
            "capture_folder, timestamp) values ('host-1', '1', 'Device 1', 'capture1', "
            "now() - interval '1 hour')"
        )
        assert connection.execute(HEALTH).fetchone() == ("pg_cron", False)
        wait_for(
            connection,
            "select exists (select from incident.device_state where ffmpeg_status = 'no_data')",
        )
        assert connection.execute(HEALTH).fetchone() == ("pg_cron", True)

        # A deployment leaves one job, and so does another.
        scheduled.migrate()
        assert connection.execute(JOBS).fetchall() == [("select incident.sweep()", "* * * * *", True)]


def test_arriving_rows_leave_the_sweep_to_it_unless_it_fails(scheduled: Database) -> None:
    with scheduled.connect() as connection:

        def swept_by_a_row(number: int, seconds_ago: int) -> bool:
            at = connection.execute(
                "update incident_engine.sweep_state set swept_to = now() - %s * interval '1 second' "
                "returning swept_to",
                [seconds_ago],
            ).fetchone()[0]
            connection.execute(
                "insert into system_metrics (host_name, timestamp) values ('host-1', now() + %s)",
                [f"{number} seconds"],
            )
            return connection.execute(
                "select swept_to > %s from incident_engine.sweep_state", [at]
            ).fetchone()[0]

        connection.execute("select cron.alter_job(jobid, schedule => '0 0 1 1 *') from cron.job")
        assert not swept_by_a_row(1, 90)
        assert swept_by_a_row(2, 200)
        assert connection.execute(JOBS).fetchall() == [("select incident.sweep()", "* * * * *", True)]

        assert connection.execute("select incident.unschedule_sweep()").fetchone() == (True,)
        assert connection.execute(JOBS).fetchall() == []
        assert connection.execute("select driven_by from incident.health").fetchone() == ("host metrics",)
        assert swept_by_a_row(3, 90)
        assert connection.execute("select incident.unschedule_sweep()").fetchone() == (False,)


def test_a_job_that_somebody_removed_is_noticed(scheduled: Database) -> None:
    with scheduled.connect() as connection:
        connection.execute("select cron.unschedule('pg_incident sweep')")
        assert connection.execute("select driven_by from incident.health").fetchone() == (
            "pg_cron lost its job",
        )
        scheduled.migrate()
        assert connection.execute("select driven_by from incident.health").fetchone() == ("pg_cron",)


def test_without_pg_cron_nothing_is_scheduled(database: Database) -> None:
    with database.connect() as connection:
        assert connection.execute("select incident.schedule_sweep()").fetchone() == (False,)
        assert connection.execute("select driven_by from incident.health").fetchone() == ("nothing",)
