"""What a central database does by itself, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.sites.conftest import Fleet, fleet_of
from tests.sites.test_numbers import FAILURE
from tests.support.servers import server_names

WRITES = {
    "acknowledge": "select incident.acknowledge(%(incident)s, note => 'mine')",
    "comment": "select incident.comment(%(incident)s, 'mine')",
    "resolve": "select incident.resolve(%(incident)s)",
    "maintenance": "select incident.add_maintenance('studio', now(), now() + interval '1 hour', 'cables')",
    "policy": "select incident.set_policy('studio', sla_target => 90)",
    "update": "update public.system_incident set assignee = 'me'",
    "site": "update incident.site set name = 'mine' where site = 1",
    "samples": """
        insert into public.system_device_metrics (
            host_name, device_id, device_name, capture_folder, timestamp
        )
        values ('studio', 'one', 'Camera', 'capture1', now())""",
    "host": "insert into public.system_metrics (host_name, timestamp) values ('studio', now())",
}


@pytest.fixture(scope="module", params=server_names())
def fleet(request: pytest.FixtureRequest) -> Iterator[Fleet]:
    with fleet_of(request.param, request.param) as made:
        (site,) = made.sites
        site.run(FAILURE.replace("10, 3", "1, 3"))
        site.run("select * from incident.sweep()")
        made.follow()
        yield made


def test_the_login_that_publish_prints_is_enough_and_no_more(fleet: Fleet) -> None:
    (site,) = fleet.sites
    fleet.central.run("select * from incident.sweep()")
    statements = [line for line in fleet.publish(site).splitlines() if line and not line.startswith("--")]
    for statement in statements:
        site.run(statement.replace("%", "%%"))
    with psycopg.connect(site.database.url, user="central", autocommit=True) as connection:
        assert connection.execute("select count(*) from incident.timeline").fetchone() != (0,)
        for forbidden in (
            "select * from incident.message",
            "select * from public.system_device_metrics",
            "select incident.comment(1, 'x')",
            "delete from incident.site",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)
    fleet.script(fleet.central, "unsubscribe", site="munich")
    fleet.subscribe(site, site.database.url.replace("postgres@", "central@"))
    fleet.wait()
    assert fleet.central.run("select host_name from incident.device") == [("studio",)]
    assert fleet.central.run("select host_name from incident.retirement") == [("site munich",)]


def test_what_a_site_says_is_not_written_at_central(fleet: Fleet) -> None:
    (site,) = fleet.sites
    ((incident,),) = site.run("select incident_id from public.system_incident")
    for name, statement in WRITES.items():
        with fleet.central.database.connect() as connection:
            try:
                connection.execute(statement, {"incident": incident})
            except psycopg.Error as error:
                refused = error
            else:
                pytest.fail(f"{name} is not refused")
            assert refused.sqlstate == "IN003", (name, refused)
            assert "site" in (refused.diag.message_hint or ""), name
    with fleet.central.database.connect() as connection, pytest.raises(psycopg.Error) as refused:
        connection.execute(WRITES["acknowledge"], {"incident": incident})
    assert refused.value.diag.message_primary == "host studio lives at site munich"
    assert "munich" in refused.value.diag.message_hint
    assert site.run("select count(*) from incident.timeline") == fleet.central.run(
        "select count(*) from incident.timeline where host_name = 'studio'"
    )


def test_a_site_that_is_not_heard_is_an_incident_of_its_own(fleet: Fleet) -> None:
    central, (site,) = fleet.central, fleet.sites
    window = "select now() - interval '1 hour', now() + interval '10 minutes'"
    ((start, end),) = central.run(window)
    site.run("select * from incident.sweep()")
    fleet.wait()
    asked = "select up_seconds, down_seconds, no_data_seconds from incident.availability(%s, %s, as_of => %s)"
    central.run("select * from incident.sweep()")
    central.run(
        "select incident.set_policy('site munich', new_device_grace => '0')"
    )  # it has just been set up
    before = central.run(asked, [start, end, end])
    central.run("select * from incident.sweep(now() + interval '200 seconds')")
    of_sites = """select host_name, component, severity, status from public.system_incident
        where host_name like 'site %'"""
    assert central.run(of_sites) == [("site munich", "system", "critical", "open")]
    # Its devices are neither up nor silent meanwhile, and nothing is told of them.
    assert central.run(asked, [start, end, end]) == before
    assert central.run("select distinct host_name from incident.notification") == [("site munich",)]
    # Somebody at central is on it.
    central.run(
        "select incident.acknowledge(incident_id) from incident.active where host_name = 'site munich'"
    )

    site.run("select * from incident.sweep(now() + interval '230 seconds')")
    fleet.wait()
    central.run("select * from incident.sweep(now() + interval '230 seconds')")
    assert central.run(of_sites) == [("site munich", "system", "critical", "resolved")]
    assert central.run("select * from incident_engine.error") == []


def test_policy_of_central_is_its_own(fleet: Fleet) -> None:
    central, (site,) = fleet.central, fleet.sites
    site.run("select incident.set_policy(sla_target => 90)")
    central.run("select incident.set_policy(sla_target => 97)")
    fleet.wait()
    asked = "select value, comes_from from incident.policy_for(%s) where setting = 'sla_target'"
    assert central.run(asked, ["nobody"]) == [("97", "default")]
    assert central.run(asked, ["studio"]) == [("95", "host studio")] == site.run(asked, ["studio"])
    assert site.run(asked, ["nobody"]) == [("90", "default")]
    assert central.run("select target_percent from incident.sla_report()") == [(95,)]
    assert central.run("select target_percent from incident.sla_report(by => 'fleet')") == [(97,)]
