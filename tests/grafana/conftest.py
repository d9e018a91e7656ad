"""Two databases a server, made once for the session: an empty one and one with a fleet in trouble."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.grafana import fleet
from tests.grafana.expansion import ALL, View, expand
from tests.grafana.frames import Frame, run, viewer
from tests.support.servers import Database, Server

ANSWERS: dict[tuple[str, str, str], Frame] = {}
READY: dict[tuple[str, str], tuple[Database, datetime]] = {}


@dataclass
class Grafana:
    """A Grafana's data source on a database, and what people choose on its dashboards."""

    database: Database
    now: datetime
    connection: psycopg.Connection[Any]

    def run_once(self, sql: str, variables: list[dict[str, Any]], view: View, form: str) -> Frame:
        """The same answer again for the same question: for tests that change one query of many."""
        query = expand(sql, variables, view)
        key = (self.database.name, query.sql, form)
        if key not in ANSWERS:
            ANSWERS[key] = run(self.connection, query, form)
        return ANSWERS[key]

    def run(self, sql: str, variables: list[dict[str, Any]], view: View, form: str) -> Frame:
        return run(self.connection, expand(sql, variables, view), form)

    def view(self, **values: str | list[str]) -> View:
        return View(self.now - timedelta(hours=6), self.now, dict(values))

    def views(self) -> list[View]:
        """All, none, one and several; names that bite; a range of time without anything in it."""
        incident = self.latest_incident()
        names = ["o'brien", "host-1", 'a "b" {c,d} \\ $host %s']
        return [
            self.view(incident=incident),
            self.view(host=[ALL], device=[ALL], incident=""),
            self.view(host=["host-1"], device=["o'brien's \"TV\""], incident=incident, bucket="hour"),
            self.view(host=names, device=names, bucket="week", time_zone="Europe/Berlin", incident="9999999"),
            View(self.now - timedelta(days=400), self.now - timedelta(days=399), {"incident": incident}),
        ]

    def latest_incident(self) -> str:
        """Of a device: a host has no samples and states to show."""
        found = self.connection.execute(
            "select max(incident_id)::text from public.system_incident where component <> 'system'"
        ).fetchone()
        return (found and found[0]) or ""


def _prepared(server: Server, kind: str) -> tuple[Database, datetime]:
    if (server.name, kind) not in READY:
        made = server.database("migrated")
        with made.connect() as connection:
            if kind == "busy":
                now = fleet.fill(connection, fleet.SMALL, minutes=360)
                fleet.work(connection, "host-1")
            else:
                now = connection.execute("select now()").fetchone()[0]  # type: ignore[index]
        READY[server.name, kind] = made, now
    return READY[server.name, kind]


@pytest.fixture
def busy(server: Server) -> Iterator[Grafana]:
    made, now = _prepared(server, "busy")
    with viewer(made.url) as connection:
        yield Grafana(made, now, connection)


@pytest.fixture
def empty(server: Server) -> Iterator[Grafana]:
    made, now = _prepared(server, "empty")
    with viewer(made.url) as connection:
        yield Grafana(made, now, connection)
