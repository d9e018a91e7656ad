"""An hour in which the database was down is told apart from an hour in which a host was silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.support.rows import device_row, insert
from tests.support.servers import Server

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def stop(server: Server) -> None:
    server.stop("fast")


def kill(server: Server) -> None:
    server.kill9()


def report(connection: psycopg.Connection[Any], host_name: str, at: datetime) -> None:
    insert(connection, device_row(at, host_name=host_name, created_at=at))


def system_incidents(connection: psycopg.Connection[Any]) -> list[tuple[Any, ...]]:
    return connection.execute(
        """
        select host_name, device_name, status, detected_at from public.system_incident
        where component = 'system' order by host_name
        """
    ).fetchall()


@pytest.mark.parametrize("end", [stop, kill])
def test_hosts_are_not_to_blame_while_the_server_was_down(
    private_server: Callable[..., Server], end: Callable[[Server], None]
) -> None:
    server = private_server(synchronous_commit="on")
    database = server.database("migrated")
    with database.connect() as connection:
        down_at = connection.execute("select now()").fetchone()[0] - HOUR
        for minutes in range(20, 0, -1):
            for host_name in ("returns at once", "stays away", *(["was away"] if minutes > 10 else [])):
                report(connection, host_name, down_at - minutes * MINUTE)
        report(connection, "returns at once", down_at)
        connection.execute("select incident.sweep(%s)", [down_at])
        # As an hour ago, when the last round ran and the server went down.
        connection.execute("update incident_engine.sweep_state set alive_at = %s", [down_at - 30 * MINUTE])
    end(server)
    server.start()

    with database.connect() as connection:
        up_at = connection.execute("select pg_postmaster_start_time()").fetchone()[0]
        insert(connection, device_row(up_at + timedelta(seconds=1), host_name="returns at once"))
        connection.execute("select incident.sweep()")
        # The newest row that had arrived shows that the server was up for longer than its last round.
        assert connection.execute("select started_at, ended_at from incident.outage").fetchall() == [
            (down_at, up_at)
        ]
        was_away = ("was away", "was away", "open", down_at - 10 * MINUTE)
        assert system_incidents(connection) == [was_away]

        connection.execute("select incident.sweep(%s)", [up_at + 2 * MINUTE - timedelta(microseconds=1)])
        assert system_incidents(connection) == [was_away]
        connection.execute("select incident.sweep(%s)", [up_at + 2 * MINUTE])
        assert system_incidents(connection) == [
            ("stays away", "stays away", "open", up_at),
            was_away,
        ]
        assert connection.execute("select count(*) from incident.outage").fetchone() == (1,)
        assert connection.execute("select rule, detail from incident.check_invariants()").fetchall() == []


def test_a_short_restart_is_no_outage(private_server: Callable[..., Server]) -> None:
    server = private_server()
    database = server.database("migrated")
    with database.connect() as connection:
        connection.execute("select incident.sweep()")
    server.stop("fast")
    server.start()
    with database.connect() as connection:
        connection.execute("select incident.sweep()")
        assert connection.execute("select count(*) from incident.outage").fetchone() == (0,)
