"""A central database follows two sites and answers as they do, whatever happens to it and to the line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.sites.conftest import Fleet, Site
from tests.sites.history import REPORTS, history
from tests.sites.proxy import Line


def answers(at: Site, site: Site, start: datetime, as_of: datetime) -> dict[str, list[str]]:
    """Every report, about the hosts of a site, as of a moment up to which it has looked."""
    hosts = [host for (host,) in site.run("select host_name from incident.host order by 1")]
    given = {"from": start, "to": start + timedelta(hours=20), "as_of": as_of, "hosts": hosts}
    with at.database.connect() as connection:
        found = {}
        for name, query in REPORTS.items():
            cursor = connection.execute(query, given)
            columns = [column.name for column in cursor.description or ()]
            of_site = (
                [row for row in cursor if dict(zip(columns, row, strict=True))["host_name"] in hosts]
                if "host_name" in columns
                else cursor.fetchall()
            )
            found[name] = sorted(map(repr, of_site))
    return found


def assert_central_answers_as_the_sites(fleet: Fleet, start: datetime) -> None:
    fleet.wait()
    for site in fleet.sites:
        as_of = fleet.central.run("select swept_to from incident.site where site = %s", [site.number])[0][0]
        of_site = answers(site, site, start, as_of)
        of_central = answers(fleet.central, site, start, as_of)
        for name, lines in of_site.items():
            assert of_central[name] == lines, f"{name} of {site.name}"
            assert lines or name in ("broken timelines", "errors"), (
                f"{name} of {site.name} is empty: nothing was shown"
            )
        # Central asked without a moment knows nothing beyond it, either.
        hosts = [host for (host,) in site.run("select host_name from incident.host")]
        window = {"from": start, "to": as_of + timedelta(days=1), "as_of": as_of, "hosts": hosts}
        asked = """
            select host_name, device_name, up_seconds, down_seconds, unknown_seconds, no_data_seconds
            from incident.availability(%(from)s, %(to)s{}) where host_name = any (%(hosts)s)"""
        told = fleet.central.run(asked.format(""), window)
        assert told == site.run(asked.format(", as_of => %(as_of)s"), window)


def step(histories: list[Iterator[Any]], times: int) -> None:
    for _ in range(times):
        for one in histories:
            next(one, None)


def test_central_answers_as_the_sites(fleet: Fleet) -> None:
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=26)
    histories = [history(site, 7, start, 8) for site in fleet.sites]
    munich, oslo = fleet.sites
    step(histories, 3)
    with Line(oslo.database.url) as line:
        fleet.publish(munich)
        fleet.publish(oslo)
        fleet.publish(oslo)  # again, as often as one likes
        fleet.subscribe(munich)
        fleet.subscribe(oslo, line.url)
        step(histories, 3)  # while the tables are still being copied
        fleet.subscribe(munich)
        assert_central_answers_as_the_sites(fleet, start)

        line.cut()
        step(histories, 3)
        line.mend()
        assert_central_answers_as_the_sites(fleet, start)

        fleet.central.server.kill9()
        step(histories, 2)
        fleet.central.server.start()
        step(histories, 3)
        assert_central_answers_as_the_sites(fleet, start)

        # Its own sweep leaves them alone.
        fleet.central.run("select * from incident.sweep()")
        assert_central_answers_as_the_sites(fleet, start)
        assert fleet.central.run("select * from incident.check_invariants()") == []
        assert fleet.central.run("select * from incident_engine.error") == []

        assert (
            "follows site oslo no more"
            in fleet.script(fleet.central, "unsubscribe", site="oslo").stdout.lower()
        )
        assert fleet.central.run("select site from incident.site") == [(1,)]
        assert fleet.central.run(
            "select distinct site from incident.host where host_name not like 'site %'"
        ) == [(1,)]
        assert oslo.run("select slot_name from pg_replication_slots") == []
