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


def test_a_verb_said_at_central_is_done_at_the_site(fleet: Fleet) -> None:
    central, (site,) = fleet.central, fleet.sites
    ((incident,),) = site.run("select incident_id from public.system_incident")
    said = {"incident": incident, "arguments": f'{{"incident_id": {incident}, "note": "from afar"}}'}
    call = "select incident.at_site('munich', 'comment', %(arguments)s, operator => 'ana')"
    with central.database.connect() as connection, pytest.raises(psycopg.Error) as refused:
        connection.execute(call, said)
    assert refused.value.sqlstate == "IN003"
    hint = refused.value.diag.message_hint
    assert f"incident_id => ''{incident}'', note => ''from afar'', operator => ''ana''" in hint
    for mistake, code in (
        ("select incident.at_site('nowhere', 'comment', %(arguments)s)", "P0002"),
        ("select incident.at_site('munich', 'delete', %(arguments)s)", "42883"),
        ("select incident.at_site('munich', 'active', '{}')", "42883"),
    ):
        with central.database.connect() as connection, pytest.raises(psycopg.Error) as wrong:
            connection.execute(mistake, said)
        assert wrong.value.sqlstate == code, mistake

    if not central.server.has_extension("dblink"):
        return  # there it stays refused: the embedded server brings no dblink
    line = psycopg.conninfo.conninfo_to_dict(site.database.url)
    central.run("create extension dblink")
    central.run(
        f"""create server site_munich foreign data wrapper dblink_fdw
        options (host '{line["host"]}', port '{line["port"]}', dbname '{line["dbname"]}')"""
    )
    central.run("create user mapping for postgres server site_munich options (user 'postgres')")
    ((line_of_board,),) = central.run(call, said)
    assert incident in line_of_board.values()
    fleet.wait()
    comments = "select operator, note from incident.timeline where event = 'commented' and note = 'from afar'"
    assert central.run(comments) == site.run(comments) == [("ana", "from afar")]


def test_how_each_site_is_doing(fleet: Fleet) -> None:
    central, (site,) = fleet.central, fleet.sites
    site.run("select * from incident.sweep()")
    fleet.wait()
    asked = """select site, name, version, hosts, problem, lag_seconds < 60, slot_bytes >= 0
        from incident.site_health"""
    ((version,),) = central.run("select incident.version()")
    assert central.run(asked) == [(1, "munich", version, 1, None, True, True)]
    site.run("update incident.site set version = '0.0.9', swept_to = swept_to - interval '2 hours'")
    fleet.wait()
    ((problem,),) = central.run("select problem from incident.site_health")
    assert problem.startswith("not heard for")
    assert f"runs pg_incident 0.0.9, this database {version}" in problem
    ((problem,),) = central.run("select problem from incident.health where not healthy")
    assert "not heard for 3 minutes: site munich" in problem
    central.run("alter subscription pg_incident_site_1 disable")
    ((problem,),) = central.run("select problem from incident.site_health")
    assert problem.startswith("its subscription is not enabled")
    fleet.subscribe(site)  # which enables it again
    site.run("select * from incident.sweep()")
    fleet.wait()
    assert central.run("select problem from incident.site_health") == [(None,)]
