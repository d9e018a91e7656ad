"""Fixtures: `login` makes real logins of the group roles, `busy` is a database with something to attack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.agent.studio import Studio
from tests.support.rows import device_rows, host_row, insert
from tests.support.servers import Database

PASSWORD = "attacks-need-a-login"


@dataclass(frozen=True)
class Login:
    """A login of one database's test."""

    database: Database
    name: str

    def connect(self, **options: Any) -> psycopg.Connection[Any]:
        """A connection of its own, as somebody out there would open it."""
        return self.database.connect(user=self.name, password=PASSWORD, **options)


MakeLogin = Callable[..., Login]


@pytest.fixture
def login(database: Database) -> Iterator[MakeLogin]:
    """login("incident_agent", "host-1"): a new login with this group role (None: none) and these hosts."""
    made: list[str] = []

    def make(group: str | None, *hosts: str) -> Login:
        name = f"{database.name}_{len(made)}"
        with database.connect() as connection:
            connection.execute(
                sql.SQL("create role {} login password {}").format(
                    sql.Identifier(name), sql.Literal(PASSWORD)
                )
            )
            made.append(name)
            if group:
                connection.execute(
                    sql.SQL("grant {} to {}").format(sql.Identifier(group), sql.Identifier(name))
                )
            for host in hosts:
                connection.execute("select incident.allow_agent(%s, %s)", [name, host])
        return Login(database, name)

    yield make
    with database.connect() as connection:
        for name in made:
            connection.execute(sql.SQL("drop owned by {} cascade").format(sql.Identifier(name)))
            connection.execute(sql.SQL("drop role {}").format(sql.Identifier(name)))


@pytest.fixture
def busy(database: Database) -> Database:
    """Two hosts with a device each; incident 1 (host-1) is open, incident 2 (host-2) is resolved."""
    with database.connect() as connection:
        insert(connection, device_rows("active stuck"))
        insert(connection, host_row(), "system_metrics")
        insert(connection, device_rows("active stopped active", host_name="host-2", device_name="Device 2"))
        assert connection.execute(
            "select incident_id, host_name, status from public.system_incident order by 1"
        ).fetchall() == [(1, "host-1", "open"), (2, "host-2", "resolved")]
    return database


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    """An agent, to be run as its own process."""
    made = Studio(tmp_path)
    yield made
    made.stop()
