"""incident.availability and availability_by against the oracle, to the microsecond, on random histories."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from tests.reporting import oracle
from tests.reporting.histories import ZONES, histories, offsets, store, whole
from tests.reporting.oracle import CONDITIONS, Device
from tests.support.lengths import examples
from tests.support.rows import device_rows, insert, minute
from tests.support.servers import Database


def rounded_down(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001"), ROUND_DOWN)


def label(percent: Decimal, target: Decimal) -> str:
    """Never better than Fair when the target is missed."""
    words = [
        (Decimal("99.9"), "Excellent"),
        (Decimal(99), "Good"),
        (Decimal(95), "Fair"),
        (Decimal(0), "Poor"),
    ]
    word = next(word for limit, word in words if percent >= limit)
    return "Fair" if percent < target and word in ("Excellent", "Good") else word


def check(row: dict[str, Any], expected: dict[str, int], count_no_data: bool, target: Decimal) -> None:
    found = {name: whole(row[f"{name}_seconds"]) for name in (*CONDITIONS, "outage", "window")}
    assert found == {name: expected[name] for name in found}
    assert sum(found[name] for name in CONDITIONS) == found["window"]
    assert row["devices"] == expected["devices"]
    known, outside = found["up"] + found["down"], found["window"] - found["maintenance"]
    coverage = rounded_down(Decimal(100) * known / outside) if outside else None
    assert row["coverage_percent"] == coverage
    up, counted = oracle.percent_parts(expected, count_no_data)
    if counted == 0:
        assert row["availability_percent"] is None
        assert row["sla_status"] is None
        return
    exact = Decimal(100) * up / counted
    assert row["availability_percent"] == rounded_down(exact)
    assert row["sla_status"] == label(exact, target)


def scope(row: dict[str, Any]) -> tuple[str | None, ...]:
    return row["host_name"], row["device_name"], row["capture_folder"], row["component"]


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    devices=histories(),
    start=offsets,
    length=st.one_of(st.timedeltas(oracle.MICROSECOND, timedelta(days=2)), st.just(timedelta(days=1))),
    read_after=st.timedeltas(timedelta(hours=-3), timedelta(hours=8)),
    swept=st.none() | st.floats(0, 1) | st.timedeltas(timedelta(), timedelta(minutes=4)),
    zone=st.sampled_from(ZONES),
    bucket=st.sampled_from(["hour", "day", "week", "month", "year"]),
    by=st.sampled_from(["device", "component", "host", "fleet"]),
    count_no_data=st.booleans(),
    target=st.sampled_from(["90", "99.0", "99.95", "100"]).map(Decimal),
)
def test_equals_the_oracle_to_the_microsecond(
    connection: psycopg.Connection[Any],
    devices: list[Device],
    start: timedelta,
    length: timedelta,
    read_after: timedelta,
    swept: float | timedelta | None,
    zone: str,
    bucket: str,
    by: str,
    count_no_data: bool,
    target: Decimal,
) -> None:
    """Whenever the sweep last ran, if ever: what it has not recorded yet is worked out at read time.

    swept: a part of the time up to the reading, or how long before it, as where it runs every minute.
    """
    first = min(at for device in devices for at, _, _ in device.samples)
    last = max(at for device in devices for at, _, _ in device.samples)
    as_of = last + read_after
    if isinstance(swept, timedelta):
        swept_at: datetime | None = max(first, as_of - swept)
    else:
        swept_at = None if swept is None else first + swept * (as_of - first)
    store(connection, devices, swept_at)
    connection.execute("update incident.policy set sla_target = %s", [target])
    window = (first + start, first + start + length)
    try:
        rows = connection.execute(
            """
            select * from incident.availability(
                window_start => %s, window_end => %s, count_no_data => %s, by => %s, as_of => %s
            )
            """,
            [*window, count_no_data, by, as_of],
        ).fetchall()
        expected = oracle.availability(devices, window, as_of, by)
        assert {scope(row) for row in rows} == set(expected)
        for row in rows:
            check(row, expected[scope(row)], count_no_data, target)

        rows = connection.execute(
            """
            select * from incident.availability_by(
                bucket => %s, time_zone => %s,
                window_start => %s, window_end => %s, count_no_data => %s, by => %s, as_of => %s
            )
            """,
            [bucket, zone, *window, count_no_data, by, as_of],
        ).fetchall()
        for key, whole_window in expected.items():
            sums = {
                name: whole(sum((row[f"{name}_seconds"] for row in rows if scope(row) == key), Decimal()))
                for name in (*CONDITIONS, "outage", "window")
            }
            assert sums == {name: whole_window[name] for name in sums}
        if zone == "Australia/Lord_Howe" and bucket == "hour":
            return  # clocks there move by half an hour; whose hour that is, is a matter of taste
        found = {}
        for bucket_start, bucket_end in oracle.buckets(window, zone, bucket):
            part = max(window[0], bucket_start), min(window[1], bucket_end)
            for key, value in oracle.availability(devices, part, as_of, by).items():
                found[bucket_start, bucket_end, *key] = value
        assert {(row["bucket_start"], row["bucket_end"], *scope(row)) for row in rows} == set(found)
        for row in rows:
            check(row, found[row["bucket_start"], row["bucket_end"], *scope(row)], count_no_data, target)
    finally:
        connection.rollback()


SILENT_SINCE = """
select no_data_seconds from incident.availability(
    window_start => '2026-03-02 10:00+00', window_end => '2026-03-02 12:00+00', as_of => %s
)
"""


@pytest.mark.parametrize("minutes_ago", [None, 0, 2, 90])
def test_silence_is_known_at_read_time_whenever_the_sweep_last_ran(
    database: Database, minutes_ago: int | None
) -> None:
    """Last sample at 10:02: silence counts from 10:03 on, as soon as 10:05 has come."""
    with database.connect() as connection:
        insert(connection, device_rows("active active active"))
        if minutes_ago is not None:
            connection.execute("select incident.sweep(%s)", [minute(4.9 - minutes_ago)])
        for at, expected in [(4.99, 0), (5, 2 * 60), (90, 87 * 60)]:
            (found,) = connection.execute(SILENT_SINCE, [minute(at)]).fetchone()
            assert found == expected


def test_silence_follows_the_policy_of_the_device(database: Database) -> None:
    with database.connect() as connection:
        insert(connection, device_rows("active active active"))
        insert(connection, device_rows("active active active", device_name="Slow", capture_folder="slow"))
        connection.execute(
            """
            insert into incident.policy
                (host_name, device_name, capture_folder, sample_interval, no_data_after)
            values ('host-1', 'Slow', 'slow', '5 minutes', '10 minutes')
            """
        )
        for at, expected in [(5, [120, 0]), (11, [480, 0]), (12, [540, 300])]:
            found = connection.execute(SILENT_SINCE, [minute(at)]).fetchall()
            assert [seconds for (seconds,) in found] == expected


def test_a_sample_newer_than_the_read_time_is_no_silence(database: Database) -> None:
    with database.connect() as connection:
        insert(connection, device_rows("active active active active active active"))
        assert connection.execute(SILENT_SINCE, [minute(3.5)]).fetchone() == (0,)


def test_what_is_later_than_the_read_time_is_not_counted(database: Database) -> None:
    with database.connect(row_factory=dict_row) as connection:
        insert(connection, device_rows("active active active stuck stuck stuck"))
        rows = connection.execute(
            "select * from incident.availability(%s, %s, as_of => %s)", [minute(-60), minute(60), minute(3.5)]
        ).fetchall()
        assert [(row["up_seconds"], row["down_seconds"], row["window_seconds"]) for row in rows] == [
            (180, 30, 210)
        ]
        assert (
            connection.execute(
                "select * from incident.availability(%s, %s, as_of => %s)",
                [minute(4), minute(60), minute(3.5)],
            ).fetchall()
            == []
        )


def test_reading_is_all_that_a_viewer_needs(database: Database) -> None:
    with database.connect() as connection:
        insert(connection, device_rows("active active stuck"))
        connection.execute("set role incident_viewer")
        assert connection.execute(SILENT_SINCE, [minute(5)]).fetchone() == (120,)
        by_hour = "select count(*) from incident.availability_by('hour', 'UTC', %s, %s)"
        assert connection.execute(by_hour, [minute(0), minute(120)]).fetchone() == (2,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select * from incident_engine.silence_span(now(), now(), now())")


@pytest.mark.parametrize(
    "call, message, hint",
    [
        ("availability(window_start => now(), window_end => now())", "must be after", "by name"),
        ("availability(window_end => null)", "window_end null", "defaults"),
        ("availability(window_start => '-infinity')", "must be finite", "Name a start"),
        ("availability(by => 'planet')", "cannot report by 'planet'", "device, component, host, fleet"),
        ("availability(by => null)", "cannot report by null", "device, component, host, fleet"),
        ("availability_by('fortnight')", "cannot report by bucket 'fortnight'", "hour, day, week, month"),
        ("availability_by('day', 'Mars/Phobos')", "time zone 'Mars/Phobos' is not known", "Europe/Berlin"),
        ("availability_by('day', null)", "time zone null is not known", "Europe/Berlin"),
        (
            "availability_by('day', by => 'planet')",
            "cannot report by 'planet'",
            "device, component, host, fleet",
        ),
    ],
)
def test_nonsense_is_refused_with_a_hint(database: Database, call: str, message: str, hint: str) -> None:
    with database.connect() as connection, pytest.raises(psycopg.errors.InvalidParameterValue) as error:
        connection.execute(f"select * from incident.{call}")
    assert message in error.value.diag.message_primary
    assert hint in error.value.diag.message_hint


def test_silence_that_ended_since_the_last_sweep_is_known_too(database: Database) -> None:
    """Silent from 10:03 to 10:30; the rows around it say nothing new, so that no fold has looked."""
    query = "select up_seconds, no_data_seconds from incident.availability(%s, %s, as_of => %s)"
    window = [minute(0), minute(40), minute(40)]
    with database.connect() as connection:
        insert(connection, device_rows("active active active"))
        connection.execute("select incident.sweep(%s)", [minute(2)])
        insert(connection, device_rows("active " * 10, at=30))
        assert connection.execute(query, window).fetchone() == (13 * 60, 27 * 60)
        connection.execute("select incident.sweep(%s)", [minute(40)])
        assert connection.execute(query, window).fetchone() == (13 * 60, 27 * 60)


SAMPLES_READ = """
select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)
from pg_stat_xact_all_tables
where relname like 'system_device_metrics%'
"""


def test_costs_what_changed_not_how_many_samples_there_are(database: Database) -> None:
    """Six hours of a device that failed once: no sample is read for what is swept, else the last few."""
    with database.connect() as connection:
        insert(connection, device_rows("active " * 180 + "stuck " * 20 + "active " * 160))
        connection.execute("select incident.sweep(%s)", [minute(359)])
    query = "select up_seconds, down_seconds from incident.availability(%s, %s, as_of => %s)"
    with database.connect(autocommit=False) as connection:
        window = [minute(0), minute(300), minute(359)]
        assert connection.execute(query, window).fetchone() == (280 * 60, 20 * 60)
        assert connection.execute(SAMPLES_READ).fetchone() == (0,)

        window = [minute(0), minute(359), minute(359)]
        assert connection.execute(query, window).fetchone() == (339 * 60, 20 * 60)
        (read,) = connection.execute(SAMPLES_READ).fetchone()
        assert 0 < read <= 5
