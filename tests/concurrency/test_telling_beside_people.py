"""Notifiers take what is due and settle it while people act on the same incidents: nobody waits for a person,
no message is split or told twice, and what the log says of each is what went out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from tests.concurrency.support import wait_until_blocked
from tests.support.rows import device_row, insert, minute
from tests.support.servers import Database

Connection = psycopg.Connection[Any]


@pytest.fixture(params=["new message", "message that failed once"])
def due(request: pytest.FixtureRequest, database: Database) -> Database:
    """Incident 1 is due to be told to the contact default."""
    with database.connect() as connection:
        connection.execute(
            "select incident.set_contact('default', group_interval => '0', messages_per_hour => 100)"
        )
        insert(connection, device_row(0))
        insert(connection, device_row(1, ffmpeg_status="stuck"))
        if request.param == "message that failed once":
            assert claim(connection) == [1]
            settle(connection, 1, "HTTP 500")
            connection.execute("update incident.message set next_attempt_at = now()")
    return database


def claim(connection: Connection, notifier: str = "n1") -> list[int]:
    """The incidents told in the messages that it got."""
    rows = connection.execute("select body from incident.claim_messages(%s)", [notifier]).fetchall()
    return [told["incident_id"] for (body,) in rows for told in body["incidents"]]


def settle(connection: Connection, message_id: int, error: str | None = None) -> str:
    ((state,),) = connection.execute("select incident.settle_message(%s, %s)", [message_id, error]).fetchall()
    return state


def told(connection: Connection) -> list[tuple[str, str, str | None]]:
    return connection.execute(
        "select kind, state, reason from incident.notification order by incident_id, number"
    ).fetchall()


def impatient(database: Database) -> Connection:
    return database.connect(options="-c statement_timeout=5s")


def beside(database: Database, holder: Connection, work: Callable[[Connection], Any]) -> Any:
    """The work on another connection begins while the holder's transaction is open, which ends as soon as it
    waits for it."""

    def run() -> Any:
        with database.connect(application_name="other") as connection:
            return work(connection)

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        wait_until_blocked(database, running, "other")
        holder.commit()
        return running.result(30)


def acknowledge(connection: Connection) -> None:
    connection.execute("select incident.acknowledge(1, operator => 'ana')")


def recover(connection: Connection) -> None:
    insert(connection, device_row(2))


def test_a_message_goes_to_one_of_two_notifiers(due: Database) -> None:
    with due.connect(autocommit=False) as first, impatient(due) as second:
        assert claim(first) == [1]
        assert claim(second, "n2") == []
        first.commit()
        assert claim(second, "n2") == []


@pytest.mark.parametrize(
    "act, kind, state", [(acknowledge, "acknowledged", "in_progress"), (recover, "resolved", "resolved")]
)
def test_what_is_on_its_way_counts_as_told(
    due: Database, act: Callable[[Connection], None], kind: str, state: str
) -> None:
    with due.connect(autocommit=False) as notifier:
        assert claim(notifier) == [1]
        beside(due, notifier, act)
    with due.connect() as connection:
        assert connection.execute("select status from public.system_incident").fetchall() == [(state,)]
        assert [one[:2] for one in told(connection)] == [("opened", "pending"), (kind, "pending")]
        assert settle(connection, 1) == "sent"
        assert claim(connection) == [1]
        assert [one[:2] for one in told(connection)] == [("opened", "sent"), (kind, "pending")]


@pytest.mark.parametrize("commits", [True, False])
def test_what_a_person_is_acting_on_is_left_for_later(due: Database, commits: bool) -> None:
    with due.connect(autocommit=False) as person, impatient(due) as notifier:
        acknowledge(person)
        assert claim(notifier) == []
        if commits:
            person.commit()
            assert claim(notifier) == []
            assert told(notifier) == [("opened", "superseded", "acknowledged in time by ana")]
        else:
            person.rollback()
            assert claim(notifier) == [1]


def test_the_rest_of_a_message_goes_out_beside_a_person(due: Database) -> None:
    with due.connect() as connection:
        insert(connection, device_row(0, device_name="Device 2"))
        insert(connection, device_row(1, device_name="Device 2", ffmpeg_status="stuck"))
        # While a message waits to be tried again, there is a new one a minute.
        connection.execute("update incident.message set made_at = made_at - interval '1 minute'")
    with due.connect(autocommit=False) as person, impatient(due) as notifier:
        acknowledge(person)
        assert claim(notifier) == [2]
        person.rollback()
        message = notifier.execute("select max(message_id) from incident.message").fetchone()[0]
        assert settle(notifier, message) == "sent"
        assert claim(notifier) == [1], "what was left out of it is told by another"


@pytest.mark.parametrize("act", ["select incident.acknowledge(1)", "select incident.comment(1, 'looking')"])
def test_a_message_is_settled_beside_a_person(due: Database, act: str) -> None:
    with due.connect(autocommit=False) as person, impatient(due) as notifier:
        assert claim(notifier) == [1]
        person.execute(act)
        assert settle(notifier, 1) == "sent"
        person.commit()
        notifier.execute("select incident.sweep(%s)", [minute(1)])
        assert notifier.execute("select count(*) from incident.timeline where event = 'told'").fetchone() == (
            1,
        )
        assert notifier.execute("select * from incident.check_invariants()").fetchall() == []
