"""A host moves from one site to another, and its history with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from db.move_host import MoveError, move
from tests.sites.conftest import Fleet
from tests.sites.history import REPORTS, history
from tests.sites.test_following import assert_central_answers_as_the_sites

START = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=26)


def test_a_host_moves_with_its_history(fleet: Fleet) -> None:
    munich, oslo = fleet.sites
    for _ in history(munich, 11, START, 6):
        pass
    next(history(oslo, 11, START, 6))
    for site in fleet.sites:  # a site's own default, which moves with nobody
        site.run("select incident.set_policy(sla_target => 99)")
    fleet.follow()
    given = {"from": START, "to": START + timedelta(hours=20), "as_of": START + timedelta(hours=21)}
    given["hosts"] = ["munich-1"]

    def told(site: object) -> dict[str, list[str]]:
        with site.database.connect() as connection:
            found = {}
            for name, query in REPORTS.items():
                cursor = connection.execute(query, given)
                columns = [column.name for column in cursor.description or ()]
                rows = [dict(zip(columns, row, strict=True)) for row in cursor]
                found[name] = sorted(repr(row) for row in rows if row.get("host_name") == "munich-1")
            return found

    before = told(munich)
    with pytest.raises(MoveError, match="there is no host nobody"):
        move("nobody", munich.database.url, oslo.database.url)
    moved = move("munich-1", munich.database.url, oslo.database.url)
    assert moved["public.system_device_metrics"] > 0
    assert told(oslo) == before
    assert munich.run("select count(*) from incident.device where host_name = 'munich-1'") == [(0,)]
    assert oslo.run("select site from incident.host where host_name = 'munich-1'") == [(2,)]
    with pytest.raises(MoveError, match="there is no host munich-1 at the site"):
        move("munich-1", munich.database.url, oslo.database.url)

    # What it samples at its new site goes on where it was, and the center follows.
    oslo.run("select * from incident.rebuild('munich-1')")
    for site in fleet.sites:
        site.run("select * from incident.sweep()")
        assert site.run("select * from incident.check_invariants()") == []
    assert_central_answers_as_the_sites(fleet, START)
