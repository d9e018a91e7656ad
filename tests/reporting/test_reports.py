"""response_times, mtbf, sla_report, recurring against the oracle, to the microsecond, on random histories."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reporting import oracle
from tests.reporting.histories import MINUTE, histories, offsets, store, whole
from tests.reporting.oracle import NEVER, Device, Incident
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
    found = [one for device in devices for one in oracle.incidents(device)]
    for one in found:
        one.acknowledged_at, one.operator = acknowledged.get(
            (one.key, one.component, one.start), (NEVER, None)
        )
    return found


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
        seen = [one for one in found if window[0] <= one.start < min(window[1], as_of)]

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
            lasted = sum((min(one.end, as_of) - one.start for one in seen), timedelta()) // oracle.MICROSECOND
            assert sum(whole(row["down_seconds"]) for row in of_kind) == lasted
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
            begun = [span for span in spans if span[0] >= window[0]]
            expected = {
                "failures": len(begun),
                "failing_at_start": len(spans) - len(begun),
                "still_failing": sum(last >= min(window[1], as_of) for _, last in spans),
                "up_seconds": spent["up"],
                "window_seconds": spent["window"],
                "mtbf_seconds": oracle.rounded(Fraction(spent["up"], len(begun))) if begun else None,
            }
            same(row, expected)
            assert row["last_failure_at"] == max((span[0] for span in begun), default=None)
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
            assert row["failures"] == sum(span[0] >= window[0] for span in spans)
    finally:
        connection.rollback()


def hundredths(value: Fraction) -> Decimal:
    return Decimal(int(100 * value + Fraction(1, 2))) / 100


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
                to_come = max(window[1] - as_of, timedelta()) // oracle.MICROSECOND * spent["devices"]
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
                        "compliant": Fraction(up, counted) >= wanted if counted else None,
                    },
                )
                percent = Fraction(1_000_000 * left, allowed) // 1 if allowed else None
                assert row["budget_left_percent"] == (
                    None if percent is None else Decimal(int(percent)) / 10000
                )
                assert (row["projected_exhaustion"] == as_of) == (as_of <= window[1] and left <= 0)
                if by == "fleet" and wanted < 1:
                    for name, length_back in (("1h", 1), ("6h", 6), ("3d", 72)):
                        rate = oracle.burn_rate(devices, window, as_of, timedelta(hours=length_back), wanted)
                        found = row[f"burn_rate_{name}"]
                        assert found == (None if rate is None else hundredths(rate))
    finally:
        connection.rollback()
