"""What was reported stays, today's answer stands beside it, and why they differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.support.rows import device_rows, insert, minute
from tests.support.servers import Database

HOUR = "[2026-03-02 10:00+00, 2026-03-02 11:00+00)"


@pytest.fixture
def sealed(database: Database) -> Iterator[psycopg.Connection[Any]]:
    """Three devices, ten minutes down each; the report on their hour is sealed."""
    with database.connect(row_factory=dict_row) as connection:
        for number in (1, 2, 3):
            insert(
                connection,
                device_rows(
                    "active " * 30 + "stuck " * 10 + "active " * 20,
                    device_name=f"Device {number}",
                    capture_folder=f"capture{number}",
                ),
            )
        connection.execute("select incident.sweep(%s)", [minute(60)])
        connection.execute("select incident.seal_report(%s, note => 'for the customer')", [HOUR])
        yield connection


def as_of(connection: psycopg.Connection[Any]) -> dict[str, dict[str, Any]]:
    rows = connection.execute("select * from incident.report_as_of(%s)", [HOUR]).fetchall()
    return {row["device_name"]: row for row in rows}


def test_nothing_differs_until_something_is_learned(sealed: psycopg.Connection[Any]) -> None:
    for row in as_of(sealed).values():
        assert row["why"] is None
        assert row["reported_percent"] == row["today_percent"]
        assert row["reported_down_seconds"] == 600


def test_says_why_today_differs(sealed: psycopg.Connection[Any]) -> None:
    sealed.execute(
        "select incident.add_maintenance('host-1', %s, %s, 'new cable', 'Device 1', 'capture1', 'ada')",
        [minute(30), minute(40)],
    )
    insert(sealed, device_rows("stopped stopped", at=10.5, device_name="Device 2", capture_folder="capture2"))
    found = as_of(sealed)
    assert list(found) == ["Device 1", "Device 2", "Device 3"]  # changed ones first
    one, two, three = found.values()
    assert (one["reported_down_seconds"], one["today_down_seconds"]) == (600, 0)
    assert one["today_percent"] == 100
    assert "maintenance 1 (new cable" in one["why"] and "added by ada" in one["why"]
    assert (two["reported_incidents"], two["today_incidents"]) == (1, 3)
    assert two["why"].startswith("2 late samples (2026-03-02T10:10:30")
    assert three["why"] is None


def test_a_changed_policy_is_named(sealed: psycopg.Connection[Any]) -> None:
    sealed.execute("select incident.set_policy(sla_target => 99.5, operator => 'ada')")
    for row in as_of(sealed).values():
        assert row["why"].startswith("policy (default): sla_target 99.0 -> 99.5 by ada 20")


def test_a_policy_of_one_device_is_no_reason_of_another(sealed: psycopg.Connection[Any]) -> None:
    sealed.execute("select incident.set_policy('host-1', 'Device 1', 'capture1', sla_target => 99.5)")
    found = as_of(sealed)
    assert "sla_target not set -> 99.5" in found["Device 1"]["why"]
    assert found["Device 2"]["why"] is found["Device 3"]["why"] is None


@pytest.mark.parametrize(
    ("call", "why"),
    [
        ("retire_device('host-1', 'Device 1', 'capture1', 'sold', 'ada', %(end)s)", "by ada (sold)"),
        ("void_samples('host-1', 'Device 1', tstzrange(%(start)s, null), 'a test')", "declared void by"),
    ],
)
def test_what_people_did_to_a_device_since_is_a_reason(
    sealed: psycopg.Connection[Any], call: str, why: str
) -> None:
    """Even when it is known for nothing in the period any more."""
    sealed.execute(f"select incident.{call}", {"start": minute(-10), "end": minute(59.5)})
    sealed.execute("select incident.sweep()")
    found = as_of(sealed)
    assert why in found["Device 1"]["why"]
    assert found["Device 1"]["reported_down_seconds"] == 600
    assert found["Device 2"]["why"] is None


def test_a_period_sealed_again_has_two_reports(sealed: psycopg.Connection[Any]) -> None:
    (first,) = sealed.execute("select sealed_at from incident.sealed_report").fetchall()
    sealed.execute("select incident.add_maintenance('host-1', %s, %s, 'work')", [minute(30), minute(40)])
    sealed.execute("select incident.seal_report(%s)", [HOUR])
    assert {row["reported_percent"] for row in as_of(sealed).values()} == {100}
    earlier = sealed.execute(
        "select reported_percent from incident.report_as_of(%s, %s)", [HOUR, first["sealed_at"]]
    ).fetchall()
    assert all(row["reported_percent"] < 100 for row in earlier)


def test_the_digest_finds_a_changed_number(sealed: psycopg.Connection[Any]) -> None:
    verify = "select incident.verify_report(1) as holds"
    assert sealed.execute(verify).fetchone()["holds"] is True
    sealed.execute(
        "update incident.sealed_report_line set up_seconds = up_seconds + 1 where device_name = 'Device 2'"
    )
    assert sealed.execute(verify).fetchone()["holds"] is False


def test_the_digest_does_not_depend_on_the_session(sealed: psycopg.Connection[Any]) -> None:
    sealed.execute("set time zone 'Asia/Kathmandu'")
    sealed.execute("set datestyle to 'German'")
    assert sealed.execute("select incident.verify_report(1) as holds").fetchone()["holds"] is True


def test_nobody_but_the_owner_writes_what_is_sealed(sealed: psycopg.Connection[Any]) -> None:
    sealed.execute("set role incident_admin")
    sealed.execute("select incident.verify_report(1)")
    assert as_of(sealed)
    for statement in (
        "update incident.sealed_report_line set up_seconds = 0",
        "delete from incident.sealed_report",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            sealed.execute(statement)
    sealed.execute("set role incident_viewer")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sealed.execute("select incident.seal_report(%s)", [HOUR])


@pytest.mark.parametrize(
    "call, error, message, hint",
    [
        (
            "seal_report('[2026-03-02, 2026-03-03]')",
            "22023",
            "includes its start and not its end",
            "Write it",
        ),
        ("seal_report('empty')", "22023", "but this one is empty", "Write it"),
        ("seal_report('[2026-03-02,)')", "22023", "includes its start", "Write it"),
        ("seal_report(null)", "22023", "but this one is null", "Write it"),
        ("seal_report(tstzrange(now() - interval '1 h', now())::text)", "55000", "not over", "Seal it after"),
        ("report_as_of('[2026-03-02, 2026-03-03)')", "P0002", "no report on", "sealed_report"),
        ("report_as_of(null)", "22023", "but this one is null", "Write it"),
        ("seal_report('2026-13')", "22023", "but this one is 2026-13", "Write it"),
        ("seal_report('next month')", "22023", "but this one is next month", "last month"),
        ("seal_report('2026-02', time_zone => '+05:45')", "22023", "'+05:45' is not known", "Berlin"),
        ("verify_report(7)", "P0002", "no sealed report 7", "sealed_report"),
    ],
)
def test_errors_say_what_to_do(database: Database, call: str, error: str, message: str, hint: str) -> None:
    with database.connect() as connection, pytest.raises(psycopg.Error) as raised:
        connection.execute(f"select * from incident.{call}")
    assert raised.value.sqlstate == error
    assert message in raised.value.diag.message_primary
    assert hint in raised.value.diag.message_hint


def test_a_month_is_found_by_the_same_words_in_every_session(database: Database) -> None:
    """Sealed in Berlin, read in Kathmandu: the days are those of the zone that is named."""
    with database.connect(row_factory=dict_row) as connection:
        insert(connection, device_rows("active " * 60))
        connection.execute("select incident.sweep(%s)", [minute(60)])
        connection.execute("set time zone 'Europe/Berlin'")
        for words in ("2026-03", "[2026-03-01, 2026-04-01)"):
            connection.execute("select incident.seal_report(%s)", [words])
        connection.execute("select incident.seal_report('2026-03', time_zone => 'Europe/Berlin')")
        connection.execute("set time zone 'Asia/Kathmandu'")
        sealed = connection.execute(
            "select lower(period) at time zone 'UTC' as start, upper(period) at time zone 'UTC' as end"
            " from incident.sealed_report order by report_id"
        ).fetchall()
        assert [(str(row["start"]), str(row["end"])) for row in sealed] == [
            ("2026-03-01 00:00:00", "2026-04-01 00:00:00"),
            ("2026-03-01 00:00:00", "2026-04-01 00:00:00"),
            ("2026-02-28 23:00:00", "2026-03-31 22:00:00"),
        ]
        for call in (
            "report_as_of('2026-03')",
            "report_as_of('[2026-03-01, 2026-04-01)')",
            "report_as_of('2026-03', time_zone => 'Europe/Berlin')",
        ):
            assert len(connection.execute(f"select * from incident.{call}").fetchall()) == 1
        assert connection.execute("show time zone").fetchone() == {"TimeZone": "Asia/Kathmandu"}
