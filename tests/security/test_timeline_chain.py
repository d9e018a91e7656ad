"""The timeline is tamper-evident: every change that somebody with the owner's rights makes to it is named,
except those that COMMENT and docs/security.md say cannot be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from psycopg.rows import namedtuple_row

from tests.concurrency.support import at_once, wait_until_blocked
from tests.support.rows import device_row, device_rows, insert
from tests.support.servers import Database, server_names

on_one_server = pytest.mark.parametrize("server", server_names()[:1], indirect=True)

ENTRIES = "select * from incident.timeline order by incident_id, entry_id"
CHAINED = [
    *("host_name", "incident_id", "entry_id", "happened_at", "recorded_at"),
    *("event", "from_value", "to_value", "note", "operator", "recorded_by"),
]


@pytest.fixture
def busy(database: Database) -> Database:
    """Incident 1 with six entries, incident 2 with one."""
    with database.connect() as connection:
        insert(connection, device_rows("stuck stopped active"))
        for note in ("one", 'naïve "two"\n\t\\', "three\x01"):
            connection.execute("select incident.comment(1, %s)", [note])
        insert(connection, device_row(3, ffmpeg_status="stuck", device_name="Device 2"))
    return database


def utc_text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def expected_hash(entry: Any, previous: bytes | None) -> bytes:
    """As docs/security.md describes it, without the database."""
    columns = [getattr(entry, name) for name in CHAINED]
    columns = [utc_text(one) if isinstance(one, datetime) else one for one in columns]
    text = json.dumps(columns, ensure_ascii=False, separators=(", ", ": "))
    return hashlib.sha256((previous or b"") + text.encode()).digest()


def check_chain(connection: psycopg.Connection[Any]) -> int:
    """Every entry has the hash it must have; returns how many there are."""
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        entries = cursor.execute(ENTRIES).fetchall()
    last: dict[int, bytes] = {}
    for entry in entries:
        previous = last.get(entry.incident_id)
        assert entry.previous_hash == previous
        assert entry.hash == expected_hash(entry, previous), entry
        last[entry.incident_id] = entry.hash
    return len(entries)


def verdict(connection: psycopg.Connection[Any], noted: str = "[]") -> list[tuple[int, int | None, str]]:
    return connection.execute(
        "select incident_id, entry_id, what from incident.verify_timeline(noted => %s)", [noted]
    ).fetchall()


def test_each_entry_has_the_hash_that_the_documentation_describes(busy: Database) -> None:
    with busy.connect() as connection:
        assert check_chain(connection) == 7
        assert verdict(connection) == []


@on_one_server
def test_the_hash_does_not_depend_on_the_session(busy: Database) -> None:
    strange = (
        "-c timezone=Asia/Kathmandu -c datestyle=german -c intervalstyle=iso_8601 -c lc_time=C"
        " -c standard_conforming_strings=off -c bytea_output=escape -c extra_float_digits=-15"
    )
    with busy.connect(options=strange) as connection:
        connection.execute("select incident.comment(1, 'written in Kathmandu')")
        assert verdict(connection) == []
    with busy.connect() as connection:
        assert check_chain(connection) == 8


# Tampering, as somebody with the owner's rights can

TAMPERING = {
    "a changed note": ("update incident.timeline set note = 'One' where entry_id = 4", (1, 4, "changed")),
    "a note made null": ("update incident.timeline set note = null where entry_id = 4", (1, 4, "changed")),
    "null made empty": ("update incident.timeline set from_value = '' where entry_id = 4", (1, 4, "changed")),
    "another operator": ("update incident.timeline set operator = 'x' where entry_id = 6", (1, 6, "changed")),
    "another login": ("update incident.timeline set recorded_by = 'x' where entry_id = 1", (1, 1, "changed")),
    "a microsecond": (
        "update incident.timeline set happened_at = happened_at + '1 microsecond' where entry_id = 2",
        (1, 2, "changed"),
    ),
    "another order": (
        "update incident.timeline set entry_id = 40 where entry_id = 4",
        (1, 5, "removed"),  # and 40 is changed; the first is named
    ),
    "one moved to another incident": (
        "update incident.timeline set incident_id = 2 where entry_id = 6",
        (2, 6, "inserted"),
    ),
    "the first one removed": ("delete from incident.timeline where entry_id = 1", (1, 2, "removed")),
    "one in the middle removed": ("delete from incident.timeline where entry_id = 4", (1, 5, "removed")),
    "two removed": ("delete from incident.timeline where entry_id in (3, 4)", (1, 5, "removed")),
    "all of an incident removed": (
        "delete from incident.timeline where incident_id = 1",
        (1, None, "removed"),
    ),
    "one changed and given the hash that fits": (
        "update incident.timeline set note = 'One' where entry_id = 4;"
        " update incident.timeline t set hash = incident_engine.timeline_hash(t) where entry_id = 4",
        (1, 5, "removed"),
    ),
    "one inserted after an entry that another follows": (
        "insert into incident.timeline overriding system value"
        " select host_name, incident_id, 45, happened_at, now(), 'commented', null, null, 'forged', operator,"
        " recorded_by, hash, hash from incident.timeline where entry_id = 4;"
        " update incident.timeline set entry_id = 46 where entry_id = 5;"
        " update incident.timeline set entry_id = 47 where entry_id = 6;"
        " update incident.timeline t set hash = incident_engine.timeline_hash(t) where entry_id = 45",
        (1, 45, "inserted"),
    ),
    "one inserted with a hash out of the air": (
        "insert into incident.timeline overriding system value"
        " select host_name, incident_id, 0, happened_at, now(), 'commented', null, null, 'forged', operator,"
        " recorded_by, sha256('x'), sha256('y') from incident.timeline where entry_id = 4",
        (1, 0, "inserted"),
    ),
}


@on_one_server
@pytest.mark.parametrize("what", TAMPERING)
def test_verify_timeline_names_the_first_broken_link(busy: Database, what: str) -> None:
    statements, found = TAMPERING[what]
    with busy.connect() as connection:
        connection.execute("alter table incident.timeline disable trigger user")
        connection.execute("alter table incident.timeline drop constraint timeline_is_one_chain")
        connection.execute("alter table incident.timeline alter column entry_id drop identity")
        connection.execute(statements)
        assert verdict(connection) == [found]
        only = connection.execute("select incident_id from incident.verify_timeline(%s)", [found[0]])
        assert only.fetchall() == [(found[0],)]
        other = connection.execute("select * from incident.verify_timeline(%s)", [3 - found[0]])
        assert other.fetchall() == []


LIMITS = {
    "the last entries removed": "delete from incident.timeline where entry_id in (5, 6)",
    "the chain written anew from an entry on": """
        update incident.timeline set note = 'another story' where entry_id = 4;
        do $$
        declare
            number bigint;
        begin
            for number in 4..6 loop
                update incident.timeline t
                set previous_hash = (select hash from incident.timeline p where p.entry_id = number - 1)
                where t.entry_id = number;
                update incident.timeline t
                set hash = incident_engine.timeline_hash(t)
                where t.entry_id = number;
            end loop;
        end $$
    """,
}


@on_one_server
@pytest.mark.parametrize("what", LIMITS)
def test_what_the_chain_cannot_tell_a_head_noted_outside_does(busy: Database, what: str) -> None:
    with busy.connect() as connection:
        (noted,) = connection.execute("select jsonb_agg(h)::text from incident.timeline_head() h").fetchone()
        connection.execute("select incident.comment(1, 'later')")
        assert verdict(connection, noted) == [], "a noted head stays true while the timeline grows"
        connection.execute("alter table incident.timeline disable trigger user")
        connection.execute("delete from incident.timeline where note = 'later'")
        connection.execute(LIMITS[what])
        assert verdict(connection) == [], "stated limit"
        assert verdict(connection, noted) == [(1, 6, "removed")]


@on_one_server
def test_the_head_is_the_last_entry_of_each_incident(busy: Database) -> None:
    with busy.connect() as connection:
        heads = connection.execute("select incident_id, entries, entry_id from incident.timeline_head()")
        assert heads.fetchall() == [(1, 6, 6), (2, 1, 7)]
        (hash,) = connection.execute("select hash from incident.timeline_head(1)").fetchone()
        kept = connection.execute("select encode(hash, 'hex') from incident.timeline where entry_id = 6")
        assert kept.fetchone() == (hash,)


# Many writers


def test_many_writers_of_one_incident_make_one_chain(busy: Database) -> None:
    def comment(number: int) -> Callable[[psycopg.Connection[Any]], None]:
        def work(connection: psycopg.Connection[Any]) -> None:
            for turn in range(10):
                connection.execute("select incident.comment(1, %s)", [f"{number} {turn}"])
                connection.execute("select incident.assign(1, %s)", [f"{number} {turn}"])

        return work

    at_once(busy, [comment(number) for number in range(6)])
    with busy.connect() as connection:
        assert check_chain(connection) == 7 + 6 * 20
        assert verdict(connection) == []


def test_a_second_writer_waits_for_the_first(busy: Database) -> None:
    with busy.connect(autocommit=False) as first, ThreadPoolExecutor() as pool:
        first.execute("select incident.comment(1, 'first')")

        def second() -> None:
            with busy.connect(application_name="second") as connection:
                connection.execute("select incident.comment(1, 'second')")

        work = pool.submit(second)
        wait_until_blocked(busy, work, "second")
        assert not work.done()
        first.commit()
        work.result()
    with busy.connect() as connection:
        notes = connection.execute("select note from incident.timeline where entry_id > 7 order by entry_id")
        assert [note for (note,) in notes] == ["first", "second"]
        check_chain(connection)


def test_a_writer_that_holds_no_lock_waits_too_and_comes_after_what_it_waited_for(busy: Database) -> None:
    """Numbers are drawn before the wait: it must not end up with one from before it."""
    with busy.connect(autocommit=False) as first, ThreadPoolExecutor() as pool:
        first.execute("select from public.system_incident where incident_id = 1 for no key update")

        def second() -> None:
            with busy.connect(application_name="second") as connection:
                connection.execute(
                    "insert into incident.timeline"
                    " (host_name, incident_id, happened_at, event, note, operator)"
                    " values ('host-1', 1, now(), 'commented', 'second', 'ada')"
                )

        work = pool.submit(second)
        wait_until_blocked(busy, work, "second")
        first.execute("select incident.comment(1, 'first')")
        first.commit()
        work.result()
    with busy.connect() as connection:
        notes = connection.execute("select note from incident.timeline where entry_id > 7 order by entry_id")
        assert [note for (note,) in notes] == ["first", "second"]
        check_chain(connection)


@on_one_server
def test_a_writer_that_cannot_see_the_last_entry_fails_instead_of_forking_the_chain(busy: Database) -> None:
    with busy.connect(autocommit=False) as old:
        old.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        old.execute("select count(*) from incident.timeline")
        with busy.connect() as connection:
            connection.execute("select incident.comment(1, 'new')")
        with pytest.raises((psycopg.errors.UniqueViolation, psycopg.errors.SerializationFailure)):
            old.execute("select incident.comment(1, 'old snapshot')")
    with busy.connect() as connection:
        assert check_chain(connection) == 8


@on_one_server
def test_entries_of_one_statement_are_chained_in_order(busy: Database) -> None:
    with busy.connect() as connection:
        connection.execute(
            "insert into incident.timeline (host_name, incident_id, happened_at, event, note, operator)"
            " select 'host-1', n % 2 + 1, now(), 'commented', n::text, 'ada'"
            " from generate_series(1, 500) as n"
        )
        assert check_chain(connection) == 507


# Who


@on_one_server
def test_login_and_time_of_an_entry_are_not_for_the_writer_to_say(busy: Database) -> None:
    with busy.connect() as connection:
        entry = connection.execute(
            "insert into incident.timeline"
            " (host_name, incident_id, happened_at, event, note, operator, recorded_by, recorded_at)"
            " values ('host-1', 1, now(), 'commented', 'n', 'ada', 'somebody', '2020-01-01')"
            " returning recorded_by = session_user, recorded_at = now()"
        ).fetchone()
        assert entry == (True, True)
