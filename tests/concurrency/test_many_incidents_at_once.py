"""Verbs that take many incidents: beside writers of their hosts, and beside a second operator who names the
same ones in another order. Nobody ends in a deadlock, and each incident is changed once."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from psycopg import errors

from tests.concurrency.support import Work, at_once, check_soundness, send_shuffled, wait_until_blocked
from tests.property.oracle import Sample
from tests.property.scenarios import Key, Row
from tests.support.rows import START, minute
from tests.support.servers import Database

HOSTS, DEVICES = 8, 5
Connection = psycopg.Connection[Any]


def rows(first: int, last: int, status: str) -> list[Row]:
    return [
        Row(Key(f"host-{host}", f"Device {device}", f"capture{device}"), Sample(minute(at), status, "active"))
        for host in range(HOSTS)
        for device in range(DEVICES)
        for at in range(first, last)
    ]


@pytest.fixture
def failing(database: Database) -> Database:
    """40 open incidents, 1 to 40, on 8 hosts."""
    with database.connect() as connection:
        send_shuffled(rows(0, 1, "stopped"), 0)(connection)
        connection.execute("select incident.sweep(%s)", [START])
        assert numbers(connection) == list(range(1, HOSTS * DEVICES + 1))
    return database


def numbers(connection: Connection) -> list[int]:
    found = connection.execute("select incident_id from incident.active order by incident_id").fetchall()
    return [number for (number,) in found]


def who(connection: Connection) -> dict[int, tuple[str, str]]:
    found = connection.execute(
        "select incident_id, status, coalesce(resolved_by, acknowledged_by, 'nobody') "
        "from public.system_incident"
    ).fetchall()
    return {number: (status, name) for number, status, name in found}


def operator(name: str, verbs: tuple[str, ...], rounds: int, *, backwards: bool) -> Work:
    """All incidents by each verb in turn; that nothing is left to do, or a host busy, is no fault."""

    def work(connection: Connection) -> None:
        for _ in range(rounds):
            for verb in verbs:
                named = sorted(range(1, HOSTS * DEVICES + 1), reverse=backwards)
                try:
                    connection.execute(f"select incident.{verb}(%s::bigint[], operator => %s)", [named, name])
                except psycopg.Error as error:
                    assert error.sqlstate in ("IN001", "55P03"), error

    return work


def test_two_operators_name_the_same_in_reverse_order(failing: Database) -> None:
    verbs = ("acknowledge", "unacknowledge", "resolve", "close", "reopen")
    at_once(
        failing,
        [operator("ana", verbs, 4, backwards=False), operator("ben", verbs[::-1], 4, backwards=True)],
    )
    check_soundness(failing)


def test_operators_beside_writers_of_all_hosts(failing: Database) -> None:
    """The rows arrive in any order, host by host and across hosts."""
    chance = random.Random(1)
    fails_on = rows(1, 6, "stopped") + rows(6, 8, "active") + rows(8, 10, "stuck")
    chance.shuffle(fails_on)
    half = len(fails_on) // 2
    at_once(
        failing,
        [
            send_shuffled(fails_on[:half], 1),
            send_shuffled(fails_on[half:], 2),
            operator("ana", ("acknowledge", "resolve", "reopen"), 3, backwards=False),
            operator("ben", ("resolve", "reopen", "unacknowledge"), 3, backwards=True),
        ],
    )
    with failing.connect() as connection:
        connection.execute("select incident.sweep(%s)", [minute(10)])
    check_soundness(failing)


def test_what_another_has_just_acknowledged_is_skipped(failing: Database) -> None:
    with failing.connect(autocommit=False) as ana, failing.connect(application_name="ben") as ben:
        ana.execute("select incident.acknowledge(array[20, 3], 'mine', 'ana')")
        said: list[str] = []
        ben.add_notice_handler(
            lambda notice: said.append(f"{notice.message_primary}: {notice.message_detail}")
        )
        with ThreadPoolExecutor(1) as pool:
            call = pool.submit(
                lambda: ben.execute("select incident.acknowledge(array[40, 20, 3, 1], 'and mine', 'ben')")
            )
            wait_until_blocked(failing, call, "ben")
            ana.commit()
            call.result()
        states = who(ben)
        assert [states[number] for number in (1, 3, 20, 40)] == [
            ("in_progress", "ben"),
            ("in_progress", "ana"),
            ("in_progress", "ana"),
            ("in_progress", "ben"),
        ]
        assert len(said) == 1
        assert said[0].startswith("2 of 4 incidents skipped: incident 3 was acknowledged by ana already")


def test_a_writer_left_open_on_one_of_the_hosts_stops_all_and_changes_nothing(failing: Database) -> None:
    """As for one incident: it waits for two seconds, and says that it is busy."""
    with failing.connect(autocommit=False) as writer, failing.connect() as ana:
        send_shuffled([row for row in rows(1, 2, "active") if row.key.host_name == "host-3"], 3)(writer)
        with pytest.raises(errors.LockNotAvailable):
            ana.execute("select incident.resolve(%s::bigint[])", [list(range(1, 41))])
        assert {status for status, _ in who(ana).values()} == {"open"}
        writer.commit()
        ana.execute("select incident.resolve(%s::bigint[], operator => 'ana')", [list(range(1, 41))])
        assert sorted(set(who(ana).values())) == [("resolved", "ana"), ("resolved", "engine")]
    check_soundness(failing)
