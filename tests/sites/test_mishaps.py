"""Slots that were cut off, sites that were restored, hosts of one name: it is said and mended."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from tests.sites.conftest import Fleet, wait_for
from tests.sites.history import history
from tests.sites.proxy import Line
from tests.sites.test_following import assert_central_answers_as_the_sites
from tests.sites.test_numbers import FAILURE
from tests.support.servers import Database

START = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=26)


def test_a_slot_that_was_cut_off_is_replaced_and_nothing_is_lost(fleet: Fleet) -> None:
    munich = fleet.sites[0]
    fleet.sites = [munich]
    steps = history(munich, 3, START, 6)
    next(steps)
    munich.run("alter system set max_slot_wal_keep_size = '1MB'")
    munich.run("alter system set wal_keep_size = 0")
    munich.run("select pg_reload_conf()")
    with Line(munich.database.url) as line:
        fleet.publish(munich)
        fleet.subscribe(munich, line.url)
        fleet.wait()
        line.cut()
        next(steps)
        for _ in range(3):
            munich.run("select pg_logical_emit_message(true, 'test', repeat('x', 3000000))")
            munich.run("select pg_switch_wal()")
            munich.run("checkpoint")
        wait_for(
            lambda: munich.run("select wal_status from pg_replication_slots") == [("lost",)],
            "the slot to be lost",
        )
        next(steps)
        line.mend()
        # It cannot go on, and says so.
        wait_for(
            lambda: (
                "not being applied"
                in (fleet.central.run("select problem from incident.site_health")[0][0] or "")
            ),
            "central to say so",
        )
        fleet.subscribe(munich, line.url, resync="yes")
        assert_central_answers_as_the_sites(fleet, START)
        next(steps)
        assert_central_answers_as_the_sites(fleet, START)


def test_a_site_that_was_restored_is_copied_anew(fleet: Fleet) -> None:
    munich = fleet.sites[0]
    fleet.sites = [munich]
    steps = history(munich, 5, START, 6)
    next(steps)
    next(steps)
    fleet.follow()
    backup = subprocess.run(
        [str(munich.server.bin / "pg_dump"), "-Fc", "-d", munich.database.url],
        check=True,
        capture_output=True,
    ).stdout
    next(steps)
    assert_central_answers_as_the_sites(fleet, START)

    # Its server is gone, and with it what was written since, and the slot.
    lost = munich.database
    munich.database = munich.server.database()
    subprocess.run(
        [
            str(munich.server.bin / "pg_restore"),
            "-d",
            munich.database.url,
            "--no-publications",
            "--no-subscriptions",
        ],
        input=backup,
        check=True,
        capture_output=True,
    )
    assert munich.run("select incident_engine.own_site()") == [(1,)]
    fleet.publish(munich)
    fleet.subscribe(munich, resync="yes")
    lost.psql("select 1")
    more = history(munich, 6, START, 6)
    next(more)
    assert_central_answers_as_the_sites(fleet, START)


def test_two_hosts_of_one_name(fleet: Fleet) -> None:
    munich, oslo = fleet.sites
    for site in fleet.sites:
        site.run(FAILURE.split(";")[0])
        site.run("select * from incident.sweep()")
        fleet.publish(site)
    fleet.subscribe(munich)
    fleet.wait(munich)
    fleet.subscribe(oslo)
    wait_for(
        lambda: (
            fleet.central.run(
                "select problem like '%%still being copied%%' from incident.site_health where name = 'oslo'"
            )
            == [(True,)]
        ),
        "central to say that it cannot copy oslo",
    )
    # What is not complete counts for nothing, and munich goes on.
    assert fleet.central.run("select host_name, devices from incident.availability(by => 'host')") == [
        ("studio", 1)
    ]
    munich.run("select incident.comment(incident_id, 'on it') from public.system_incident")
    fleet.wait(munich)
    assert munich.run("select count(*) from incident.timeline") == fleet.central.run(
        "select count(*) from incident.timeline where incident_id / 10000000000 = 1"
    )


def test_what_cannot_be_followed_is_refused(fleet: Fleet, empty_database: Database) -> None:
    munich, oslo = fleet.sites
    refused = fleet.subscribe(munich, check=False)
    assert "does not publish under this name" in refused.stderr
    fleet.publish(munich)
    munich.run(FAILURE.split(";")[0])
    other = Fleet(munich, [oslo])
    fleet.publish(oslo)
    assert "it is a site and cannot follow others" in other.subscribe(oslo, check=False).stderr
    assert "have the same number, 1" in Fleet(munich, [munich]).subscribe(munich, check=False).stderr

    # The default of four workers is enough for two sites.
    fleet.subscribe(oslo)
    fleet.wait(oslo)
    fleet.central.run("alter system set max_logical_replication_workers = 2")
    fleet.central.server.stop()
    fleet.central.server.start()
    refused = fleet.subscribe(munich, check=False)
    assert "max_logical_replication_workers is 2: too few for 2 sites" in refused.stderr

    empty_database.migrate()
    alone = empty_database.psql("select current_setting('wal_level')")
    if alone != "logical":
        with pytest.raises(
            AssertionError, match="wal_level is replica, but a site that publishes needs logical"
        ):
            empty_database.psql("select incident_engine.publish('alone')")


def test_columns_come_to_the_central_database_first(fleet: Fleet) -> None:
    munich = fleet.sites[0]
    fleet.sites = [munich]
    munich.run(FAILURE.split(";")[0])
    fleet.follow()
    assert fleet.central.run("select problem from incident.site_health") == [("its sweep has never run",)]
    # A central database that is newer goes on.
    fleet.central.run("alter table incident.device add column newest text default 'new here'")
    munich.run("update incident.device set video_device = 'one'")
    fleet.wait()
    assert fleet.central.run("select video_device, newest from incident.device") == [("one", "new here")]
    # One that is older stops, and says so, until it is upgraded; then it has all of it.
    munich.run("alter table incident.device add column newer text default 'x'")
    munich.run("update incident.device set newer = 'y'")
    wait_for(
        lambda: (
            "not being applied" in (fleet.central.run("select problem from incident.site_health")[0][0] or "")
        ),
        "central to say so",
    )
    fleet.central.run("alter table incident.device add column newer text")
    fleet.wait()
    assert fleet.central.run("select newer from incident.device") == [("y",)]
