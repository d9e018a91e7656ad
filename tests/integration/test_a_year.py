"""A year of life at speed: samples every five minutes, late ones too, a sweep a day, weekly maintenance
across daylight saving, retention and automatic closing. A second database that gets the same samples at
once and keeps them all must tell the same history."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from tests.support.servers import Database

# Berlin puts its clocks back on 27 October 2024 and forward on 30 March 2025.
FIRST_DAY = date(2024, 10, 15)
BERLIN = ZoneInfo("Europe/Berlin")
KEEP_DAYS, CLOSE_DAYS = 10, 5
DEVICES = [(f"host-{number % 2}", f"Device {number}", f"capture{number}") for number in range(4)]
EVERY = timedelta(minutes=5)

COPY = """
copy public.system_device_metrics (
    host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status
) from stdin
"""
POLICY = "select incident.set_policy(sample_interval => '5 minutes', no_data_after => '15 minutes')"
SERIES = """
insert into incident.recurring_maintenance (
    host_name, weekdays, starts_at_local, duration, time_zone, valid_from, reason, added_by, planned_to
)
values ('host-0', '{sunday}', '02:30', '1 hour', 'Europe/Berlin', %(day)s, 'backups', 'ada', %(day)s)
"""
HISTORY = """
select
    host_name, device_name, capture_folder, started_at, nullif(ended_at, 'infinity'), ffmpeg_status,
    monitor_status
from incident.device_state order by 1, 2, 3, 4
"""
INCIDENTS = """
select host_name, device_name, capture_folder, component, detected_at, resolved_at, severity, severity_since
from public.system_incident where retracted_at is null order by 1, 2, 3, 4, 5
"""
ADDS_UP = """
select count(*)
from incident.availability(%s, %s) as a
where
    a.up_seconds + a.down_seconds + a.unknown_seconds + a.no_data_seconds + a.maintenance_seconds
    <> a.window_seconds
"""

Line = tuple[str, str, str, str, datetime, str, str]


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


class Fleet:
    """Runs of a state, of minutes to days; silences; a host whose rows of some hours arrive a day late."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.status = {device: ["active", "active"] for device in DEVICES}
        self.spool: list[Line] = []

    def day(self, day: date) -> Iterator[Line]:
        """What arrives on a day, in the order of arrival."""
        lines: list[Line] = []
        for device in DEVICES:
            silent_until = midnight(day)
            for number in range(288):
                at = midnight(day) + number * EVERY
                if self.chance.random() < 0.01:
                    component = self.chance.randrange(2)
                    self.status[device][component] = self.chance.choice(
                        ["active", "active", "active", "stuck", "stopped", "unknown"]
                    )
                if self.chance.random() < 0.003:
                    silent_until = at + self.chance.randrange(1, 40) * EVERY
                if at >= silent_until:
                    host, name, folder = device
                    lines.append((host, name, name, folder, at, *self.status[device]))
        lines.sort(key=lambda line: line[4])
        arrived, self.spool = self.spool, []
        if self.chance.random() < 0.2:
            hour = midnight(day) + timedelta(hours=self.chance.randrange(18))
            late = [
                line for line in lines if line[0] == "host-1" and hour <= line[4] < hour + timedelta(hours=6)
            ]
            self.spool = late
            lines = [line for line in lines if line not in set(late)]
        yield from lines
        yield from arrived


def send(connection: psycopg.Connection[Any], lines: list[Line]) -> None:
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for line in lines:
            copy.write_row(line)


def live(connection: psycopg.Connection[Any], days: int) -> list[Line]:
    """A day at a time: rows arrive by the hour, operators acknowledge, the sweep runs at midnight."""
    fleet = Fleet(seed=days)
    sent: list[Line] = []
    for number in range(days):
        day = FIRST_DAY + timedelta(days=number)
        lines = list(fleet.day(day))
        sent += lines
        for start in range(0, len(lines), 240):
            send(connection, lines[start : start + 240])
        tomorrow = midnight(day) + timedelta(days=1)
        connection.execute("select incident.sweep(%s)", [tomorrow])
        connection.execute(
            "select incident.acknowledge(incident_id, acted_at => %s) from incident.active "
            "where status = 'open' and detected_at < %s",
            [tomorrow, tomorrow],
        )
    return sent


def check(connection: psycopg.Connection[Any], kept: psycopg.Connection[Any], days: int) -> None:
    end = midnight(FIRST_DAY + timedelta(days=days))
    assert connection.execute("select * from incident.check_invariants()").fetchall() == []
    assert connection.execute(HISTORY).fetchall() == kept.execute(HISTORY).fetchall()
    incidents = connection.execute(INCIDENTS).fetchall()
    assert incidents == kept.execute(INCIDENTS).fetchall()
    assert len(incidents) > days
    assert connection.execute(ADDS_UP, [midnight(FIRST_DAY), end]).fetchone() == (0,)

    # Retention
    oldest = connection.execute("select min(timestamp) from system_device_metrics_default").fetchone()[0]
    partitions = connection.execute(
        "select relname from pg_class where relname ~ '^system_device_metrics_[0-9]{8}$' "
        "and relname < %s order by relname",
        [f"system_device_metrics_{end:%Y%m%d}"],
    ).fetchall()
    kept_from = end - timedelta(days=KEEP_DAYS)
    # A round declares, the next one drops; each day has one.
    assert partitions[0][0] >= f"system_device_metrics_{kept_from - timedelta(days=2):%Y%m%d}"
    started = connection.execute(
        "select min(detected_at) from system_incident "
        "where coalesce(resolved_at >= %s, true) and retracted_at is null",
        [kept_from - timedelta(days=3)],
    ).fetchone()[0]
    # Back to where its device was last settled, which is days before the incident where it kept failing.
    assert oldest is None or oldest >= started - timedelta(days=7), "what an incident needs, at most"
    assert connection.execute("select * from incident.rebuild()").fetchall() == []

    # Automatic closing
    left = connection.execute(
        "select count(*) from system_incident where status = 'resolved' and retracted_at is null "
        "and resolved_at < %s",
        [end - timedelta(days=CLOSE_DAYS)],
    ).fetchone()
    assert left == (0,)
    assert kept.execute("select count(*) from system_incident where status = 'closed'").fetchone() == (0,)

    # Maintenance: every Sunday of the time and the next two weeks at half past two, once an hour later
    sundays = [
        FIRST_DAY + timedelta(days=number)
        for number in range(days + 14)
        if (FIRST_DAY + timedelta(days=number)).isoweekday() == 7
    ]
    planned = connection.execute(
        "select lower(period), upper(period) from incident.maintenance order by 1"
    ).fetchall()
    assert [start.astimezone(BERLIN).date() for start, _ in planned] == sundays
    assert {upper - lower for lower, upper in planned} == {timedelta(hours=1)}
    assert all(
        f"{start.astimezone(BERLIN):%H:%M}" == ("03:30" if day == date(2025, 3, 30) else "02:30")
        for (start, _), day in zip(planned, sundays, strict=True)
    )
    silenced = connection.execute(
        """
        select count(*) filter (where t.incident_id is null), count(t.incident_id)
        from incident.maintenance as m
        join public.system_incident as i on
            i.host_name = m.host_name
            and i.retracted_at is null
            and i.detected_at < upper(m.period)
            and coalesce(i.resolved_at > lower(m.period), true)
        left join incident.timeline as t on
            (t.host_name, t.incident_id) = (i.host_name, i.incident_id)
            and t.event = 'maintenance_started'
            and t.to_value = 'maintenance ' || m.maintenance_id
        where upper(m.period) <= %s
        """,
        [end],
    ).fetchone()
    assert silenced[0] == 0
    assert silenced[1] > 0


@pytest.mark.parametrize("days", [24, pytest.param(365, marks=pytest.mark.nightly)])
def test_of_life(database: Database, days: int) -> None:
    second = database.server.database("migrated")
    try:
        with database.connect() as connection, second.connect() as kept:
            for one in (connection, kept):
                one.execute(POLICY)
            connection.execute("select incident.set_policy(close_after => %s)", [timedelta(days=CLOSE_DAYS)])
            connection.execute("select incident.set_retention(%s)", [timedelta(days=KEEP_DAYS)])
            connection.execute(SERIES, {"day": FIRST_DAY})
            connection.execute("select incident.sweep(%s)", [midnight(FIRST_DAY)])
            send(kept, live(connection, days))
            kept.execute("select incident.sweep(%s)", [midnight(FIRST_DAY + timedelta(days=days))])
            check(connection, kept, days)
    finally:
        database.server.drop(second)
