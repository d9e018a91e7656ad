"""`make migrate SITE=`, `make publish`, `make subscribe` and `make unsubscribe`, as people type them."""

from __future__ import annotations

import os
import subprocess

import pytest

from db.embedded import REPO
from tests.sites.conftest import Site, fleet_of
from tests.support.servers import server_names

pytestmark = pytest.mark.skipif("pg18" not in server_names(), reason="the embedded server is not in use here")


def make(at: Site, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "-s", *arguments],
        cwd=REPO,
        env=os.environ | {"DATABASE_URL": at.database.url},
        capture_output=True,
        text=True,
        check=False,
    )


def test_as_people_type_them() -> None:
    with fleet_of("pg18", "pg18") as fleet:
        (site,) = fleet.sites
        done = make(site, "publish", "SITE=munich")
        assert done.returncode == 0, done.stderr
        assert "create role central login replication" in done.stdout
        assert "make subscribe SITE=munich FROM=" in done.stdout
        assert "until this disk is full" in done.stderr

        done = make(fleet.central, "subscribe", "SITE=nowhere", f"FROM={site.database.url}")
        assert done.returncode != 0
        assert "does not publish under this name" in done.stderr
        done = make(fleet.central, "subscribe", "SITE=munich", f"FROM={site.database.url}")
        assert done.returncode == 0, done.stderr
        assert "Follows site munich (number 1)" in done.stdout
        fleet.wait()
        assert fleet.central.run("select name from incident.site") == [("munich",)]

        done = make(fleet.central, "unsubscribe", "SITE=munich", "UNREACHABLE=yes")
        assert done.returncode == 0, done.stderr
        assert "select pg_drop_replication_slot('pg_incident_site_1_for_0');" in done.stdout
        assert fleet.central.run("select count(*) from incident.site") == [(0,)]
        done = make(site, "migrate", "SITE=7")
        assert "this database is site 1 and cannot become site 7" in done.stderr  # it is known by its number
