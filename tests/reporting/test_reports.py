"""response_times, mtbf, sla_report, recurring against the oracle, to the microsecond, on random histories."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reporting import oracle
from tests.reporting.histories import MINUTE, histories, offsets, store, whole
from tests.reporting.oracle import NEVER, Device, Incident, Key
from tests.support.lengths import examples
from tests.support.rows import device_row, insert

Connection = psycopg.Connection[Any]

like_the_others = settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
windows = {"start": offsets, "length": st.timedeltas(oracle.MICROSECOND, timedelta(days=2))}


def active(connection: Connection) -> list[dict[str, Any]]:
    return connection.execute(
        "select * from public.system_incident where status in ('open', 'in_progress') order by incident_id"
    ).fetchall()


def announce(connection: Connection) -> dict[tuple[Key, str, datetime], datetime | None]:
    """As if people could have known of one in three 10 minutes after it began, and never of another."""
    connection.execute("select set_config('incident_engine.writer', 'engine', true)")
    connection.execute(
        """
        update public.system_incident
        set announced_at = case incident_id % 3
            when 0 then detected_at when 1 then detected_at + interval '10 minutes'
        end
        """
    )
    connection.execute("select set_config('incident_engine.writer', '', true)")
    return {
        (
            (row["host_name"], row["device_name"], row["capture_folder"]),
            row["component"],
            row["detected_at"],
        ): row["announced_at"]
        for row in connection.execute("select * from public.system_incident").fetchall()
    }


def work(
    connection: Connection, devices: list[Device], answers: list[tuple[timedelta, str] | None], recover: bool
) -> list[Incident]:
    """Store the samples, acknowledge some of what is active, let the devices recover (or not)."""
    store(connection, devices)
    acknowledged = {}
    for row, answer in zip(active(connection), answers, strict=False):
        if answer:
            delay, operator = answer
            at = row["detected_at"] + delay
            connection.execute(
                "select incident.acknowledge(%s, operator => %s, acted_at => %s)",
                [row["incident_id"], operator, at],
            )
            key = (row["host_name"], row["device_name"], row["capture_folder"])
            acknowledged[key, row["component"], row["detected_at"]] = at, operator
    for device in devices if recover else []:
        at = max(device.samples)[0] + MINUTE
        device.samples.append((at, "active", "active"))
        names = dict(zip(("host_name", "device_name", "capture_folder"), device.key, strict=True))
        insert(connection, device_row(at, **names))
    announced = announce(connection)
    found = [one for device in devices for one in oracle.incidents(device)]
    for one in found:
        one.acknowledged_at, one.operator = acknowledged.get(
            (one.key, one.component, one.start), (NEVER, None)
        )
        one.announced_at = announced.get((one.key, one.component, one.start))
    return found


def named(one: Incident) -> tuple[str, ...]:
    """What incident.recurring calls the device, the component and the hour of an incident."""
    return (
        f"{one.key[0]}, {one.key[1]} ({one.key[2]})",
        one.component,
        f"{one.counts_from(NEVER) or NEVER:%H}:00",
    )


def same(row: dict[str, Any], expected: dict[str, int | None]) -> None:
    found = {
        name: whole(row[name]) if name.endswith("_seconds") and row[name] is not None else row[name]
        for name in expected
    }
    assert found == expected


answers = st.lists(
    st.none() | st.tuples(st.timedeltas(timedelta(), timedelta(hours=5)), st.sampled_from(["ada", "grace"])),
    max_size=6,
)


@like_the_others
@given(
    devices=histories(),
    answers=answers,
    recover=st.booleans(),
    read_after=st.timedeltas(timedelta(), timedelta(hours=8)),
    by=st.sampled_from(["fleet", "host", "device", "component", "severity", "operator"]),
    **windows,
)
def test_response_times_equal_the_oracle(
    connection: Connection,
    devices: list[Device],
    answers: list[tuple[timedelta, str] | None],
    recover: bool,
    read_after: timedelta,
    by: str,
    start: timedelta,
    length: timedelta,
) -> None:
    try:
        found = work(connection, devices, answers, recover)
        first = min(at for device in devices for at, _, _ in device.samples)
        as_of = max(at for device in devices for at, _, _ in device.samples) + read_after
        window = first + start, first + start + length
        end = min(window[1], as_of)
        seen = [one for one in found if window[0] <= (one.counts_from(as_of) or NEVER) < end]

        def group(one: Incident) -> tuple[str | None, ...]:
            host, device, folder = one.key
            operator = one.operator if one.acknowledged_at <= as_of else None
            return {
                "fleet": (None,) * 6,
                "host": (host, None, None, None, None, None),
                "device": (host, device, folder, None, None, None),
                "component": (None, None, None, one.component, None, None),
                "severity": (None, None, None, None, one.severity, None),
                "operator": (None, None, None, None, None, operator),
            }[by]

        rows = connection.execute(
            "select * from incident.response_times(%s, %s, %s, %s)", [*window, by, as_of]
        ).fetchall()
        names = ("host_name", "device_name", "capture_folder", "component", "severity", "operator")
        assert sorted(map(str, {group(one) for one in seen})) == sorted(
            str(tuple(row[name] for name in names)) for row in rows
        )
        for row in rows:
            key = tuple(row[name] for name in names)
            same(row, oracle.response_times([one for one in seen if group(one) == key], window, as_of))
            assert row["incidents"] == row["resolved"] + row["still_open"]
            assert row["incidents"] == row["acknowledged"] + row["waiting"] + row["never_acknowledged"]

        recurring = connection.execute(
            "select * from incident.recurring(%s, %s, at_least => 1, as_of => %s)", [*window, as_of]
        ).fetchall()
        for kind in ("device", "component", "hour"):
            of_kind = [row for row in recurring if row["kind"] == kind]
            assert sum(row["incidents"] for row in of_kind) == len(seen)
            for row in of_kind:
                mine = [one for one in seen if row["what"] in named(one)]
                assert whole(row["down_seconds"]) == oracle.covered(mine, window, as_of)
    finally:
        connection.rollback()


@like_the_others
@given(
    devices=histories(),
    recover=st.booleans(),
    read_after=st.timedeltas(timedelta(), timedelta(hours=8)),
    **windows,
)
def test_mtbf_equals_the_oracle(
    connection: Connection,
    devices: list[Device],
    recover: bool,
    read_after: timedelta,
    start: timedelta,
    length: timedelta,
) -> None:
    """And the sums: devices add up to hosts, hosts to the fleet."""
    try:
        found = work(connection, devices, [], recover)
        first = min(at for device in devices for at, _, _ in device.samples)
        as_of = max(at for device in devices for at, _, _ in device.samples) + read_after
        window = first + start, first + start + length
        call = "select * from incident.mtbf(%s, %s, %s, %s)"
        rows = connection.execute(call, [*window, "device", as_of]).fetchall()
        for row in rows:
            key = row["host_name"], row["device_name"], row["capture_folder"]
            (device,) = [device for device in devices if device.key == key]
            spans = oracle.failures([one for one in found if one.key == key], device, window, as_of)
            spent = oracle.seconds(device, window, as_of)
            begun = [span for span in spans if span[0][0] >= window[0]]
            expected = {
                "failures": len(begun),
                "failing_at_start": len(spans) - len(begun),
                "still_failing": sum(span[-1][1] == min(window[1], as_of) for span in spans),
                "up_seconds": spent["up"],
                "window_seconds": spent["window"],
                "mtbf_seconds": oracle.rounded(Fraction(spent["up"], len(begun))) if begun else None,
            }
            same(row, expected)
            assert row["last_failure_at"] == max((span[0][0] for span in begun), default=None)
        totals = ("failures", "failing_at_start", "still_failing", "up_seconds", "window_seconds", "devices")
        for by in ("host", "fleet"):
            summed = connection.execute(call, [*window, by, as_of]).fetchall()
            for name in totals:
                assert sum(row[name] for row in summed) == sum(row[name] for row in rows)
        components = connection.execute(call, [*window, "component", as_of]).fetchall()
        for row in components:
            key = row["host_name"], row["device_name"], row["capture_folder"]
            (device,) = [device for device in devices if device.key == key]
            mine = [one for one in found if (one.key, one.component) == (key, row["component"])]
            spans = oracle.failures(mine, device, window, as_of)
            assert row["failures"] == sum(span[0][0] >= window[0] for span in spans)
        middle = window[0] + length / 2
        halves = [(window[0], middle), (middle, window[1])]
        counted = [
            sum(row["failures"] for row in connection.execute(call, [*half, "fleet", as_of]).fetchall())
            for half in halves
            if half[0] < half[1]
        ]
        assert sum(counted) == sum(row["failures"] for row in rows)
    finally:
        connection.rollback()


def hundredths(value: Fraction) -> Decimal:
    return Decimal("Infinity") if value == 10**12 else Decimal(floor(100 * value)) / 100


@like_the_others
@given(
    devices=histories(),
    read_after=st.timedeltas(timedelta(), timedelta(hours=8)),
    target=st.sampled_from(["99.0", "99.95", "50", "100"]),
    **windows,
)
def test_sla_report_equals_the_oracle(
    connection: Connection,
    devices: list[Device],
    read_after: timedelta,
    target: str,
    start: timedelta,
    length: timedelta,
) -> None:
    try:
        store(connection, devices)
        connection.execute("update incident.policy set sla_target = %s", [target])
        first = min(at for device in devices for at, _, _ in device.samples)
        as_of = max(at for device in devices for at, _, _ in device.samples) + read_after
        window = first + start, first + start + length
        wanted = Fraction(target) / 100
        for by in ("device", "fleet"):
            expected = oracle.availability(devices, window, as_of, by)
            rows = connection.execute(
                "select * from incident.sla_report(%s, %s, by => %s, as_of => %s)", [*window, by, as_of]
            ).fetchall()
            assert {
                (row["host_name"], row["device_name"], row["capture_folder"], None) for row in rows
            } == set(expected)
            for row in rows:
                spent = expected[row["host_name"], row["device_name"], row["capture_folder"], None]
                up, counted = oracle.percent_parts(spent, count_no_data=True)
                mine = [
                    one
                    for one in devices
                    if by == "fleet" or one.key[:2] == (row["host_name"], row["device_name"])
                ]
                to_come = sum(oracle.to_come(device, window, as_of) for device in mine)
                allowed = int((1 - wanted) * (counted + to_come))
                left = allowed - (counted - up)
                same(
                    row,
                    {
                        "up_seconds": up,
                        "counted_seconds": counted,
                        "downtime_seconds": counted - up,
                        "allowed_downtime_seconds": allowed,
                        "budget_left_seconds": left,
                        "compliant": left >= 0 if counted else None,
                    },
                )
                lost = counted - up
                if not counted:
                    percent = None
                elif allowed:
                    percent = Decimal(floor(Fraction(1_000_000 * left, allowed))) / 10000
                else:
                    percent = Decimal("-Infinity") if lost else Decimal(0)
                assert row["budget_left_percent"] == percent
                exhausted = row["projected_exhaustion"]
                if lost and left <= 0:
                    assert (
                        abs(exhausted - oracle.ran_out_at(mine, window, as_of, allowed)) <= oracle.MICROSECOND
                    )
                elif exhausted is not None:
                    assert as_of <= exhausted <= window[1]
                for name, minutes in (("5m", 5), ("30m", 30), ("1h", 60), ("6h", 360), ("3d", 4320)):
                    rate = oracle.burn_rate(mine, window, as_of, minutes * MINUTE, wanted, by)
                    found = row[f"burn_rate_{name}"]
                    assert found == (None if rate is None else hundredths(rate)), name
    finally:
        connection.rollback()
