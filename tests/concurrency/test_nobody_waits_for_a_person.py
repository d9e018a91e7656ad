"""Somebody works on an incident in a transaction and leaves it open. Rows of that device, of its host and
of others are stored meanwhile, the sweep goes its rounds, and once the transaction has ended incidents are
what the samples say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from tests.concurrency.support import check_soundness
from tests.support.rows import device_row, insert, minute
from tests.support.servers import Database

Connection = psycopg.Connection[Any]

LEAVES_THE_HOST_ALONE = {
    "acknowledge": "select incident.acknowledge(1)",
    "comment": "select incident.comment(1, 'looking')",
    "assign": "select incident.assign(1, 'ana')",
    "update of its own": "update public.system_incident set description = 'cable' where incident_id = 1",
}
HOLDS_THE_HOST = {
    "resolve": "select incident.resolve(1)",
    "update of its own": "update public.system_incident set status = 'resolved', resolved_at = now() "
    "where incident_id = 1",
}


@pytest.fixture
def failing(database: Database) -> Database:
    """Incident 1 is open on Device 1; Device 2 of the same host and host-2 are well."""
    with database.connect() as connection:
        insert(
            connection,
            [
                device_row(0, **device(1)),
                device_row(0, **device(2)),
                device_row(0, **device(1), host_name="host-2"),
            ],
        )
        insert(connection, device_row(1, **device(1), ffmpeg_status="stopped"))
        connection.execute("select incident.sweep(%s)", [minute(1)])
    return database


def device(number: int) -> dict[str, Any]:
    return {"device_name": f"Device {number}", "capture_folder": f"capture{number}"}


@contextmanager
def left_open(database: Database, statement: str, *, prepared: bool = False) -> Iterator[None]:
    with database.connect(autocommit=False) as person:
        person.execute(statement)
        if prepared:
            person.execute("prepare transaction 'gone home'")
            person.commit()
        yield
        if prepared:
            person.autocommit = True
            person.execute("commit prepared 'gone home'")
        else:
            person.commit()


def incidents(connection: Connection) -> list[tuple[str, str, str, str]]:
    return connection.execute(
        "select host_name, device_name, component, status from public.system_incident "
        "where retracted_at is null order by incident_id"
    ).fetchall()


def impatient(database: Database) -> Connection:
    """Cancelled where it would wait for the person; what waits for two seconds is well below."""
    return database.connect(options="-c statement_timeout=15s")


@pytest.mark.parametrize("statement", LEAVES_THE_HOST_ALONE.values(), ids=LEAVES_THE_HOST_ALONE)
def test_rows_are_folded_beside_an_incident_that_somebody_holds(failing: Database, statement: str) -> None:
    with left_open(failing, statement), impatient(failing) as agent:
        insert(agent, device_row(2, **device(1)))  # its recovery cannot be written yet
        insert(agent, device_row(2, **device(2), monitor_status="stuck"))
        insert(agent, device_row(2, **device(1), host_name="host-2", ffmpeg_status="stopped"))
        assert agent.execute("select ran from incident.sweep(%s)", [minute(2)]).fetchone() == (True,)
        assert incidents(agent)[1:] == [
            ("host-1", "Device 2", "monitor", "open"),
            ("host-2", "Device 1", "ffmpeg", "open"),
        ]
    with failing.connect() as connection:
        connection.execute("select incident.sweep(%s)", [minute(2)])
        assert incidents(connection)[0] == ("host-1", "Device 1", "ffmpeg", "resolved")
    check_soundness(failing)


@pytest.mark.parametrize("statement", HOLDS_THE_HOST.values(), ids=HOLDS_THE_HOST)
def test_rows_of_a_host_that_somebody_holds_are_left_to_the_next_who_folds_it(
    failing: Database, statement: str
) -> None:
    with left_open(failing, statement), impatient(failing) as agent:
        insert(agent, device_row(2, **device(1)))
        insert(agent, device_row(2, **device(2), monitor_status="stuck"))
        insert(agent, device_row(2, **device(1), host_name="host-2", ffmpeg_status="stopped"))
        assert agent.execute("select ran from incident.sweep(%s)", [minute(2)]).fetchone() == (True,)
        assert incidents(agent)[1:] == [("host-2", "Device 1", "ffmpeg", "open")]
        assert agent.execute("select count(*) from public.system_device_metrics").fetchone() == (7,)
    with failing.connect() as connection:
        insert(connection, device_row(3, **device(2), monitor_status="stopped"))
        assert incidents(connection) == [
            ("host-1", "Device 1", "ffmpeg", "resolved"),
            ("host-2", "Device 1", "ffmpeg", "open"),
            ("host-1", "Device 2", "monitor", "open"),
        ]
    check_soundness(failing)


def test_a_prepared_transaction_is_not_waited_for_either(failing: Database) -> None:
    with (
        left_open(failing, LEAVES_THE_HOST_ALONE["acknowledge"], prepared=True),
        impatient(failing) as agent,
    ):
        insert(agent, device_row(2, **device(1)))
        assert agent.execute("select ran from incident.sweep(%s)", [minute(2)]).fetchone() == (True,)
    with failing.connect() as connection:
        connection.execute("select incident.sweep(%s)", [minute(2)])
        assert [status for *_, status in incidents(connection)] == ["resolved"]
    check_soundness(failing)


def test_a_comment_under_a_maintenance_window_holds_up_no_round(failing: Database) -> None:
    with failing.connect() as connection:
        connection.execute(
            "select incident.add_maintenance('host-1', %s, %s, 'new disk')", [minute(1), minute(30)]
        )
        insert(connection, device_row(2, **device(2), monitor_status="stuck"))
    with left_open(failing, LEAVES_THE_HOST_ALONE["comment"]), impatient(failing) as agent:
        assert agent.execute("select ran from incident.sweep(%s)", [minute(31)]).fetchone() == (True,)
