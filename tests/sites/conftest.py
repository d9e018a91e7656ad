"""Sites and a central database, each on a server of its own."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from db.embedded import REPO
from tests.support.psql import environment, run_psql
from tests.support.servers import Database, Server, server_names, temporary_server

# Replication that notices at once what tests wait for.
SETTINGS = {
    "wal_level": "logical",
    "max_worker_processes": "24",
    "wal_retrieve_retry_interval": "200ms",
    "wal_receiver_timeout": "5s",
    "wal_sender_timeout": "5s",
}


@dataclass
class Site:
    number: int
    name: str
    database: Database

    @property
    def server(self) -> Server:
        return self.database.server

    def run(self, statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        with self.database.connect() as connection:
            cursor = connection.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []


@dataclass
class Fleet:
    """A central database and its sites; the servers go when the test is over."""

    central: Site
    sites: list[Site] = field(default_factory=list)

    def script(
        self, at: Site, name: str, check: bool = True, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """What `make publish`, `make subscribe` and `make unsubscribe` run."""
        given = {"resync": "no", "unreachable": "no", "from": ""} | variables
        return run_psql(
            at.database.url,
            file=REPO / f"db/{name}.psql",
            bin=at.server.bin,
            arguments=[part for key, value in given.items() for part in ("-v", f"{key}={value}")],
            check=check,
        )

    def publish(self, site: Site, **options: Any) -> str:
        return self.script(site, "publish", site=site.name, **options).stdout

    def subscribe(self, site: Site, url: str = "", **options: Any) -> subprocess.CompletedProcess[str]:
        return self.script(
            self.central, "subscribe", site=site.name, **({"from": url or site.database.url} | options)
        )

    def follow(self) -> None:
        for site in self.sites:
            self.publish(site)
            self.subscribe(site)
        self.wait()

    def wait(self, *sites: Site) -> None:
        """Until central has all that the sites have committed."""
        for site in sites or self.sites:
            wait_for(lambda site=site: self.has_copied(site), f"central to copy {site.name}")
            with site.database.connect() as connection:
                # What was committed without waiting for the disk is written with this.
                connection.execute("set synchronous_commit = on")
                connection.execute("select pg_logical_emit_message(true, 'test', 'now')")
                ((lsn,),) = connection.execute("select pg_current_wal_lsn()").fetchall()
            wait_for(
                lambda site=site, lsn=lsn: site.run(
                    """select bool_and(confirmed_flush_lsn >= %s) from pg_replication_slots
                    where plugin = 'pgoutput'""",
                    [lsn],
                )[0][0],
                f"central to catch up with {site.name}",
            )

    def has_copied(self, site: Site) -> bool:
        return self.central.run(
            """select count(*) > 0 and bool_and(r.srsubstate = 'r')
            from pg_subscription_rel as r join pg_subscription as u on u.oid = r.srsubid
            where u.subname = %s""",
            [f"pg_incident_site_{site.number}"],
        )[0][0]


def wait_for(condition: Callable[[], bool], what: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"waited {seconds} s for {what}"
        time.sleep(0.1)


@contextmanager
def fleet_of(central: str, *sites: str) -> Iterator[Fleet]:
    servers: list[Server] = []

    def database(name: str, number: int) -> Database:
        servers.append(temporary_server(name, SETTINGS))
        made = servers[-1].database()
        made.migrate(arguments=["-v", f"site={number}"])
        made.psql("update incident.retention set accept_late = null; delete from incident.policy_change")
        return made

    try:
        fleet = Fleet(Site(0, "central", database(central, 0)))
        for number, (name, server) in enumerate(
            zip(("munich", "oslo", "porto"), sites, strict=False), start=1
        ):
            fleet.sites.append(Site(number, name, database(server, number)))
        yield fleet
    finally:
        for server in servers:
            server.remove()


def mixed(central: str) -> tuple[str, ...]:
    """Sites on the oldest and the newest server there is."""
    names = server_names()
    return (names[0], names[-1])


@pytest.fixture
def fleet(server: Server) -> Iterator[Fleet]:
    """Two sites, on the oldest and the newest PostgreSQL, and a central database on each."""
    if server.cluster is None:
        pytest.skip("needs servers of its own, not the one given by DATABASE_URL or PG*")
    with fleet_of(server.name, *mixed(server.name)) as made:
        yield made


__all__ = ["Fleet", "Site", "environment", "fleet_of", "wait_for"]
