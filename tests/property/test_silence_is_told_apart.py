"""A silent device, a silent host and a database that was down are told apart, in every order of arrival."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.property.oracle import FOREVER, Policy
from tests.property.scenarios import BASE, MICROSECOND, MINUTE, clock
from tests.property.silence_oracle import Host, Incident, Outage
from tests.support.lengths import examples
from tests.support.rows import insert

DEVICES = ("Device 1", "Device 2", "Device 3")
HOST = "host-1"

COMMON = {
    "deadline": None,
    "report_multiple_bugs": False,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@dataclass(frozen=True)
class Row:
    """A sample of a device, or (device None) a row of the host."""

    device: str | None
    at: datetime
    cpu: float | None = None

    def __repr__(self) -> str:
        return f"{self.device[-1] if self.device else f'host({self.cpu})'}@{clock(self.at)}"


@dataclass(frozen=True)
class Scenario:
    rows: tuple[Row, ...]
    outages: tuple[Outage, ...]
    sweep_at: datetime
    policies: dict[str, Policy]
    grace: timedelta
    cpu_samples: int

    def __repr__(self) -> str:
        outages = [f"{clock(outage.start)}-{clock(outage.end)}" for outage in self.outages]
        return (
            f"\nrows {sorted(self.rows, key=lambda row: row.at)}, down {outages}, "
            f"sweep {clock(self.sweep_at)}, policies {self.policies}, "
            f"grace {self.grace}, cpu_samples {self.cpu_samples}"
        )


# What happens: runs of rows a minute apart, so that silences and the lack of them both are likely


def at(minutes: int, off: timedelta = timedelta()) -> datetime:
    return BASE + minutes * MINUTE + off


offsets = st.sampled_from([timedelta(), timedelta(), MICROSECOND, -MICROSECOND, timedelta(seconds=20)])
cpus = st.sampled_from([10, 10, 96, 97, None])


@st.composite
def runs(draw: st.DrawFn) -> list[Row]:
    device = draw(st.sampled_from([*DEVICES, None]))
    start, off = draw(st.integers(0, 40)), draw(offsets)
    return [
        Row(device, at(start + number, off), draw(cpus) if device is None else None)
        for number in range(draw(st.integers(1, 8)))
    ]


def without_repetition(rows: list[Row]) -> tuple[Row, ...]:
    return tuple({(row.device, row.at): row for row in rows}.values())


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    rows = without_repetition([row for run in draw(st.lists(runs(), min_size=1, max_size=9)) for row in run])
    newest = max(row.at for row in rows)
    down = draw(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15)), max_size=2))
    own = st.sampled_from([Policy(2 * MINUTE, 5 * MINUTE), Policy(timedelta(seconds=30), MINUTE)])
    policies = {"Device 2": draw(own)}
    return Scenario(
        rows=rows,
        outages=tuple(
            {outage.end: outage for outage in (Outage(at(a), at(a + b)) for a, b in down)}.values()
        ),
        sweep_at=newest + draw(st.sampled_from([timedelta(), MINUTE, 3 * MINUTE, 30 * MINUTE])),
        policies=draw(st.sampled_from([{}, policies])),
        grace=draw(st.sampled_from([timedelta(), 10 * MINUTE])),
        cpu_samples=draw(st.integers(1, 3)),
    )


# Delivered


def prepare(connection: psycopg.Connection[Any], scenario: Scenario) -> None:
    # The rows of hosts run the sweep by the real clock, which is months ahead.
    connection.execute("alter table system_metrics disable trigger sweep_when_due")
    connection.execute(
        "update incident.policy set new_device_grace = %s, cpu_samples = %s, "
        # Flapping is told apart in a test of its own; here nothing flaps.
        "flapping_start_percent = 'infinity'",
        [scenario.grace, scenario.cpu_samples],
    )
    for device, policy in scenario.policies.items():
        connection.execute(
            """
            insert into incident.policy
                (host_name, device_name, capture_folder, sample_interval, no_data_after)
            values (%s, %s, 'capture', %s, %s)
            """,
            [HOST, device, policy.sample_interval, policy.no_data_after],
        )


def deliver(connection: psycopg.Connection[Any], rows: list[Row]) -> None:
    of_devices = [
        {
            "host_name": HOST,
            "device_id": row.device,
            "device_name": row.device,
            "capture_folder": "capture",
            "timestamp": row.at,
            "ffmpeg_status": "active",
            "monitor_status": "active",
        }
        for row in rows
        if row.device
    ]
    of_host = [
        {"host_name": HOST, "timestamp": row.at, "cpu_percent": row.cpu} for row in rows if row.device is None
    ]
    insert(connection, of_devices, on_conflict="do nothing")
    insert(connection, of_host, "system_metrics", on_conflict="do nothing")


def record_outages(connection: psycopg.Connection[Any], scenario: Scenario) -> None:
    for outage in scenario.outages:
        connection.execute("insert into incident.outage (started_at, ended_at) values (%s, %s)", outage)


def sweep(connection: psycopg.Connection[Any], moment: datetime) -> None:
    connection.execute("select incident.sweep(%s)", [moment])


def in_order(connection: psycopg.Connection[Any], scenario: Scenario) -> None:
    """As it happens: each row by itself, a sweep after every minute of them."""
    record_outages(connection, scenario)
    swept_to = BASE
    for row in sorted(scenario.rows, key=lambda row: row.at):
        while swept_to + MINUTE <= row.at:
            swept_to += MINUTE
            sweep(connection, swept_to)
        deliver(connection, [row])


def shuffled(connection: psycopg.Connection[Any], scenario: Scenario, chance: random.Random) -> None:
    """In any order and any batches, some rows twice, with sweeps in between, outages found at any time."""
    rows = [*scenario.rows, *chance.choices(scenario.rows, k=3)]
    chance.shuffle(rows)
    size = chance.choice([1, 3, len(rows)])
    outages_before = chance.randrange(len(rows))
    while rows:
        count = chance.randint(1, size)
        deliver(connection, rows[:count])
        del rows[:count]
        if len(rows) <= outages_before:
            record_outages(connection, scenario)
            outages_before = -1
        if chance.random() < 0.2:
            sweep(connection, BASE + chance.random() * (scenario.sweep_at - BASE))


# What must have become of it


def found_incidents(connection: psycopg.Connection[Any]) -> dict[str, list[Incident]]:
    found: dict[str, list[Incident]] = {}
    for name, *incident in connection.execute(
        """
        select device_name, detected_at, resolved_at, severity, reason
        from public.system_incident
        where component = 'system' and retracted_at is null
        order by device_name, detected_at
        """
    ):
        incident[1] = incident[1] or FOREVER
        found.setdefault(name, []).append(Incident(*incident))
    return found


def told_incidents(scenario: Scenario) -> dict[str, list[Incident]]:
    samples: dict[str, set[datetime]] = {}
    for row in scenario.rows:
        if row.device:
            samples.setdefault(row.device, set()).add(row.at)
    host = Host(
        samples=samples,
        rows={row.at: row.cpu for row in scenario.rows if row.device is None},
        outages=scenario.outages,
        swept_to=scenario.sweep_at,
        policy=Policy(),
        policies=scenario.policies,
        grace=scenario.grace,
        cpu_limit=95,
        cpu_samples=scenario.cpu_samples,
    )
    told = {HOST: host.host_incidents(), **{name: host.device_incidents(name) for name in samples}}
    return {name: incidents for name, incidents in sorted(told.items()) if incidents}


def check(connection: psycopg.Connection[Any], scenario: Scenario, seeds: list[int]) -> None:
    told = told_incidents(scenario)
    for seed in [None, *seeds]:
        try:
            prepare(connection, scenario)
            if seed is None:
                in_order(connection, scenario)
            else:
                shuffled(connection, scenario, random.Random(seed))
            sweep(connection, scenario.sweep_at)
            found = found_incidents(connection)
            assert found == told, f"\nfound    {found}\nexpected {told}"
            for query in (
                "select sqlstate, message, context from incident_engine.error",
                "select rule, device_name, detail from incident.check_invariants()",
                "select * from incident.rebuild()",
            ):
                rows = connection.execute(query).fetchall()
                assert not rows, f"{query}: {rows}"
        finally:
            connection.rollback()


seeds = st.lists(st.integers(0, 2**32), min_size=1, max_size=2)


@settings(max_examples=examples(60), **COMMON)
@given(scenario=scenarios(), seeds=seeds)
def test_every_order_of_arrival_gives_what_the_oracle_says(
    connection: psycopg.Connection[Any], scenario: Scenario, seeds: list[int]
) -> None:
    check(connection, scenario, seeds)


@pytest.mark.nightly
@settings(max_examples=1000, **COMMON)
@given(scenario=scenarios(), seeds=seeds)
def test_every_order_of_arrival_gives_what_the_oracle_says_at_length(
    connection: psycopg.Connection[Any], scenario: Scenario, seeds: list[int]
) -> None:
    check(connection, scenario, seeds)
