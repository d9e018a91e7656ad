"""Random histories of devices, how they get into the database, and the numbers that come back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
from hypothesis import strategies as st

from tests.reporting import oracle
from tests.reporting.oracle import Device
from tests.support.rows import device_row, insert

# Days on which clocks change somewhere: Berlin twice, Lord Howe by half an hour, Havana at midnight.
BASES = [
    datetime(2026, 3, 28, 21, 30, tzinfo=UTC),
    datetime(2026, 10, 24, 20, 10, tzinfo=UTC),
    datetime(2026, 4, 4, 12, 0, tzinfo=UTC),
    datetime(2026, 11, 1, 1, 0, tzinfo=UTC),
]
ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/Havana",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Australia/Eucla",
]
STATUSES = st.sampled_from(["active", "active", "active", "stuck", "stopped", "unknown"])
MINUTE = timedelta(minutes=1)
HOST_WIDE = timedelta(minutes=2, microseconds=3)  # when maintenance of a whole host starts, if there is any

spans = st.one_of(
    st.just(MINUTE),
    st.just(MINUTE),
    st.sampled_from([timedelta(minutes=3), timedelta(minutes=3) - oracle.MICROSECOND, timedelta(hours=3)]),
    st.timedeltas(oracle.MICROSECOND, timedelta(minutes=7)),
)
offsets = st.one_of(
    st.timedeltas(timedelta(hours=-3), timedelta(hours=30)),
    st.integers(-180, 1800).map(lambda minutes: minutes * MINUTE),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Device]:
    base = draw(st.sampled_from(BASES))
    outages = [
        (base + start, base + start + draw(st.timedeltas(oracle.MICROSECOND, timedelta(hours=4))))
        for start in draw(st.lists(offsets, max_size=1))
    ]
    devices = []
    for number in range(draw(st.integers(1, 3))):
        at = base + draw(st.one_of(st.just(timedelta()), st.timedeltas(timedelta(), timedelta(hours=6))))
        samples = []
        for span, ffmpeg, monitor in draw(
            st.lists(st.tuples(spans, STATUSES, STATUSES), min_size=1, max_size=12)
        ):
            samples.append((at, ffmpeg, monitor))
            at += span
        maintenance = []
        for start in draw(st.lists(offsets, max_size=2)):
            length = draw(st.timedeltas(oracle.MICROSECOND, timedelta(hours=4)))
            maintenance.append((base + start, base + start + length))
        if number == 2 and draw(st.booleans()):  # of the whole host, that is of the first device too
            maintenance.append((base + HOST_WIDE, base + HOST_WIDE + timedelta(minutes=9)))
            devices[0].maintenance.append(maintenance[-1])
        retired = [base + offset for offset in draw(st.lists(offsets, max_size=1))]
        key = (f"host-{number % 2}", f"Device {number}", f"capture{number}")
        devices.append(Device(key, samples, maintenance, retired, outages))
    return devices


def store(
    connection: psycopg.Connection[Any], devices: list[Device], swept_at: datetime | None = None
) -> None:
    """Maintenance first, then the samples as they come, with one sweep on the way."""
    host_wide = {
        span for device in devices[2:] for span in device.maintenance if span in devices[0].maintenance
    }
    for start, end in host_wide:
        connection.execute("select incident.add_maintenance('host-0', %s, %s, 'work')", [start, end])
    for device in devices:
        host_name, device_name, capture_folder = device.key
        for start, end in set(device.maintenance) - host_wide:
            connection.execute(
                "select incident.add_maintenance(%s, %s, %s, 'work', %s, %s)",
                [host_name, start, end, device_name, capture_folder],
            )
    rows = [
        device_row(
            at,
            host_name=device.key[0],
            device_name=device.key[1],
            capture_folder=device.key[2],
            ffmpeg_status=ffmpeg,
            monitor_status=monitor,
        )
        for device in devices
        for at, ffmpeg, monitor in device.samples
    ]
    if swept_at is not None:
        insert(connection, [row for row in rows if row["timestamp"] <= swept_at])
        connection.execute("select incident.sweep(%s)", [swept_at])
        rows = [row for row in rows if row["timestamp"] > swept_at]
    for row in rows:
        insert(connection, row)
    for start, end in devices[0].outages:
        connection.execute("insert into incident.outage (started_at, ended_at) values (%s, %s)", [start, end])
    for device in devices:
        for at in device.retired:
            connection.execute(
                "insert into incident.retirement"
                " (host_name, device_name, capture_folder, retired_at, reason, retired_by)"
                " values (%s, %s, %s, %s, 'gone', 'ada')",
                [*device.key, at],
            )


def whole(value: Decimal) -> int:
    """Seconds as microseconds; they have no more decimals than that."""
    assert value == value.quantize(Decimal("0.000001"))
    return int(value * 1_000_000)
