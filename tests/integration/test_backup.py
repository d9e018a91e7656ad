"""Backups: a full dump restored, a standby promoted, rows alone; what is made right, and what is refused."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import timedelta

import pytest

from db.embedded import Cluster, give_to_server_user
from tests.support.dump import newest_pg_dump
from tests.support.psql import environment, run_psql
from tests.support.rows import device_row, device_rows, host_row, insert, minute
from tests.support.servers import Database, Server, server_home

HOUR = timedelta(hours=1)


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


# What happens to it while it is away


def away_for_an_hour(database: Database) -> None:
    """As an hour ago, when two hosts reported, the sweep ran, and the backup was made or the primary died."""
    with database.connect() as connection:
        (now,) = connection.execute("select now()").fetchone() or (None,)
        for host_name in ("returns", "stays away"):
            rows = device_rows("active " * 30, host_name=host_name)
            for row in rows:
                row["timestamp"] += now - HOUR - minute(29)
                row["created_at"] = row["timestamp"]
            insert(connection, rows)
        connection.execute("select incident.sweep(now() - interval '1 hour')")
        connection.execute("update incident_engine.sweep_state set alive_at = now() - interval '1 hour'")


def hosts_are_not_to_blame(database: Database) -> None:
    """One writes again at once, the other never."""
    with database.connect() as connection:
        (now,) = connection.execute("select now()").fetchone() or (None,)
        insert(connection, device_row(now, host_name="returns"))
        connection.execute("select incident.sweep()")
        assert connection.execute(
            "select ended_at - started_at > interval '58 minutes' from incident.outage"
        ).fetchall() == [(True,)]
        silent = "select host_name from public.system_incident where component = 'system'"
        assert connection.execute(silent).fetchall() == []
        # From now on they are.
        connection.execute("select incident.sweep(now() + interval '5 minutes')")
        assert ("stays away",) in connection.execute(silent).fetchall()
        assert connection.execute("select count(*) from incident.outage").fetchone() == (1,)


def restored(database: Database, into: Database, *options: str) -> subprocess.CompletedProcess[str]:
    """pg_dump with these options, into another database, all or nothing."""
    dumped = subprocess.run(
        [newest_pg_dump(), "--no-owner", *options, "--dbname", database.url],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
        cwd=os.sep,
    ).stdout
    return run_psql(
        into.url,
        dumped.replace("SET transaction_timeout = 0;", ""),
        bin=into.server.bin,
        arguments=["-1"],
        check=False,
    )


def test_after_a_restore_hosts_are_not_to_blame_for_the_time_between(
    database: Database, empty_database: Database
) -> None:
    away_for_an_hour(database)
    assert restored(database, empty_database).returncode == 0
    hosts_are_not_to_blame(empty_database)


def test_a_promoted_standby_does_not_blame_hosts_for_the_failover(
    private_server: Callable[..., Server],
) -> None:
    primary = private_server(max_wal_senders="3", wal_level="replica", hot_standby="on")
    if primary.bin is None or not (primary.bin / "pg_basebackup").exists():
        pytest.skip("this PostgreSQL comes without pg_basebackup")
    database = primary.database("migrated")
    away_for_an_hour(database)
    home = server_home()
    standby = Server(primary.name, primary.bin, Cluster(primary.bin, home, primary.cluster.settings))
    try:
        standby.cluster._prepare_folders()
        give_to_server_user(home)
        standby.cluster._run(
            *("pg_basebackup", "-R", "-X", "stream", "-c", "fast", "-D", standby.cluster.data),
            *("-d", primary.url("postgres")),
        )
        standby.start()
        primary.stop("immediate")  # as a crash leaves it
        standby.cluster._run("pg_ctl", "promote", "-w", "-s", "-D", standby.cluster.data)
        promoted = Database(standby, database.name)
        hosts_are_not_to_blame(promoted)
        assert promoted.psql("select * from incident.check_invariants()") == ""
        assert promoted.psql("select * from incident.verify_timeline()") == ""
    finally:
        standby.remove()


# What is not a full dump


EVERYTHING = """
    select * from incident.device_state order by 1, 2, 3, 4;
    select component, status, detected_at, resolved_at from public.system_incident order by 1, 3
"""
SAMPLES = ("--data-only", "--table=public.system_device_metrics*", "--table=public.system_metrics")


@pytest.mark.parametrize(
    "way, is_folded", [("--load-via-partition-root", True), ("--disable-triggers", False)]
)
def test_samples_alone_are_made_right(database: Database, server: Server, way: str, is_folded: bool) -> None:
    with database.connect() as connection:
        insert(connection, device_rows("active stuck stopped active - - - - active stopped"))
        connection.execute("select incident.sweep()")
    other = server.database("migrated")
    done = restored(database, other, *SAMPLES, way)
    assert done.returncode == 0, done.stderr
    steps = dict(
        line.split("|") for line in other.psql("select * from incident.after_restore()").splitlines()
    )
    assert (steps["rules broken"], steps["timelines broken"]) == ("0", "0")
    assert (steps["changes by folding all samples again"] == "0") == is_folded
    other.psql("select incident.sweep()")
    ffmpeg = EVERYTHING.replace("order by 1, 3", "where component = 'ffmpeg' order by 1, 3")
    assert other.psql(ffmpeg) == database.psql(ffmpeg)


def test_samples_into_a_partition_are_refused(database: Database, server: Server) -> None:
    with database.connect() as connection:
        insert(connection, device_rows("active"))
    done = restored(database, server.database("migrated"), *SAMPLES)
    assert "rows go into system_device_metrics, not into its partition" in done.stderr


def test_rows_of_everything_into_an_installed_database_are_refused(
    database: Database, server: Server
) -> None:
    with database.connect() as connection:
        insert(connection, device_rows("active stuck"))
    other = server.database("migrated")
    done = restored(database, other, "--data-only")
    assert done.returncode != 0
    assert "duplicate key value violates unique constraint" in done.stderr
    assert other.psql("select count(*) from public.system_device_metrics") == "0"


def test_what_was_replicated_past_the_triggers_is_made_right(database: Database) -> None:
    """As logical replication applies rows: statement triggers do not fire."""
    with database.connect() as connection:
        connection.execute("set session_replication_role = replica")
        insert(connection, device_rows("active stuck stopped"))
        connection.execute("set session_replication_role = origin")
        assert connection.execute("select count(*) from public.system_incident").fetchone() == (0,)
        steps = dict(connection.execute("select * from incident.after_restore()").fetchall())
        assert (steps["changes by folding all samples again"] != "0", steps["rules broken"]) == (True, "0")
        found = connection.execute("select severity from public.system_incident where component = 'ffmpeg'")
        assert found.fetchall() == [("critical",)]


def test_numbers_go_on_after_the_largest(database: Database) -> None:
    with database.connect() as connection:
        insert(connection, device_rows("active stuck"))
        connection.execute("select setval('public.system_incident_incident_id_seq', 1, false)")
        connection.execute("select setval('incident.timeline_entry_id_seq', 1, false)")
        steps = dict(connection.execute("select * from incident.after_restore(fold => false)").fetchall())
        assert steps["sequences behind their tables"] == "2"
        assert "changes by folding all samples again" not in steps
        insert(connection, device_rows("active active stuck", device_name="Device 2"))
        assert connection.execute(
            "select array_agg(incident_id order by incident_id) from public.system_incident"
            " where component = 'ffmpeg'"
        ).fetchone() == ([1, 2],)


def test_a_role_that_reads_everything_makes_a_full_dump(database: Database, empty_database: Database) -> None:
    name = f"{database.name}_backup"
    with database.connect() as connection:
        insert(connection, device_rows("active stuck"))
        connection.execute("select incident.allow_agent(session_user::text, 'host-1')")
        connection.execute(f"create role {name}; grant pg_read_all_data to {name}")
    try:
        done = restored(database, empty_database, f"--role={name}", "--enable-row-security")
        assert done.returncode == 0, done.stderr
        counts = (
            "select count(*) from public.system_device_metrics"
            " union all select count(*) from public.system_incident"
            " union all select count(*) from incident_engine.agent_host"
        )
        assert empty_database.psql(counts) == database.psql(counts) == "2\n1\n1"
        with pytest.raises(subprocess.CalledProcessError) as refused:
            restored(database, empty_database, f"--role={name}")
        assert "row-level security" in refused.value.stderr
    finally:
        database.psql(f"drop owned by {name}; drop role {name}")
