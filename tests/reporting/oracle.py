"""Every report worked out from the samples in the plainest way there is: no SQL, no cleverness.

Time is whole microseconds. Every report is a sum over moments at which nothing changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from math import floor
from zoneinfo import ZoneInfo

SAMPLE_INTERVAL = timedelta(seconds=60)
NO_DATA_AFTER = timedelta(minutes=3)
MICROSECOND = timedelta(microseconds=1)
CONDITIONS = ("up", "down", "unknown", "no_data", "maintenance")
FAILING = ("stuck", "stopped")

Key = tuple[str, str, str]
NEVER = datetime.max.replace(tzinfo=UTC)
Span = tuple[datetime, datetime]


@dataclass
class Device:
    key: Key
    samples: list[tuple[datetime, str, str]]  # time, ffmpeg, monitor
    maintenance: list[Span] = field(default_factory=list)

    def changes(self, as_of: datetime) -> list[tuple[datetime, str, str]]:
        """What is so from each moment on."""
        samples = sorted(self.samples)
        found = []
        for number, (at, ffmpeg, monitor) in enumerate(samples):
            found.append((at, ffmpeg, monitor))
            until = samples[number + 1][0] if number + 1 < len(samples) else as_of
            if until - at >= NO_DATA_AFTER:
                found.append((at + SAMPLE_INTERVAL, "no_data", "no_data"))
        return found

    def statuses(self, at: datetime, changes: list[tuple[datetime, str, str]]) -> tuple[str, str]:
        return next((ffmpeg, monitor) for start, ffmpeg, monitor in reversed(changes) if start <= at)

    def in_maintenance(self, at: datetime) -> bool:
        return any(start <= at < end for start, end in self.maintenance)


def condition(ffmpeg: str, monitor: str, component: str | None) -> str:
    """What a moment counts as, maintenance aside."""
    looked_at = {"ffmpeg": (ffmpeg,), "monitor": (monitor,), None: (ffmpeg, monitor)}[component]
    if any(status in FAILING for status in looked_at):
        return "down"
    if all(status == "active" for status in looked_at):
        return "up"
    return "no_data" if "no_data" in looked_at else "unknown"


def seconds(
    device: Device, window: Span, as_of: datetime, component: str | None = None
) -> dict[str, int] | None:
    """Microseconds of each condition, and of the window; None when the device was not there yet."""
    changes = device.changes(as_of)
    start, end = max(window[0], min(device.samples)[0]), min(window[1], as_of)
    if start >= end:
        return None
    edges = {start, end, *(at for at, _, _ in changes), *(at for span in device.maintenance for at in span)}
    inside = sorted(edge for edge in edges if start <= edge <= end)
    spent = dict.fromkeys(CONDITIONS, 0)
    for one, next_one in pairwise(inside):
        if device.in_maintenance(one):
            what = "maintenance"
        else:
            what = condition(*device.statuses(one, changes), component)
        spent[what] += (next_one - one) // MICROSECOND
    spent["window"] = (end - start) // MICROSECOND
    return spent


def availability(
    devices: Iterable[Device], window: Span, as_of: datetime, by: str = "device"
) -> dict[tuple[str | None, ...], dict[str, int]]:
    """(host, device, folder, component) -> microseconds, by the same names as incident.availability."""
    found: dict[tuple[str | None, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for device in devices:
        for component in ("ffmpeg", "monitor") if by == "component" else (None,):
            spent = seconds(device, window, as_of, component)
            if spent is None:
                continue
            scope = {"host": (device.key[0], None, None), "fleet": (None, None, None)}.get(by, device.key)
            for what, value in spent.items():
                found[*scope, component][what] += value
            found[*scope, component]["devices"] += 1
    return {key: dict(value) for key, value in found.items()}


def percent_parts(spent: dict[str, int], count_no_data: bool) -> tuple[int, int]:
    """up and what it is divided by."""
    return spent["up"], spent["up"] + spent["down"] + (spent["no_data"] if count_no_data else 0)


def buckets(window: Span, zone_name: str, bucket: str) -> list[Span]:
    """The hours, days ... of a zone that a window touches; a day begins when its date first shows."""
    zone = ZoneInfo(zone_name)

    def first_of(local: datetime) -> datetime:
        """The first instant at which the zone's clocks show that moment or a later one."""
        candidate = local.replace(tzinfo=UTC) - timedelta(hours=16)
        step = timedelta(minutes=15)  # every change of clocks of our time is a multiple of it
        while candidate.astimezone(zone).replace(tzinfo=None) < local:
            candidate += step
        return candidate

    if bucket == "hour":
        edges = []
        at = window[0].astimezone(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
        while at < window[1] + timedelta(hours=2):
            if at.astimezone(zone).minute == 0:
                edges.append(at)
            at += timedelta(minutes=15)
    else:
        day = window[0].astimezone(zone).date() - timedelta(days=32)
        last = window[1].astimezone(zone).date() + timedelta(days=32)
        edges = []
        while day <= last:
            starts = {"day": True, "week": day.weekday() == 0, "month": day.day == 1}[bucket]
            if starts:
                edges.append(first_of(datetime(day.year, day.month, day.day)))
            day += timedelta(days=1)
    spans = pairwise(edges)
    return [span for span in spans if span[0] < window[1] and span[1] > window[0]]


# Incidents and failures


@dataclass
class Incident:
    key: Key
    component: str
    start: datetime
    end: datetime  # NEVER while it lasts
    severity: str
    acknowledged_at: datetime = NEVER
    operator: str | None = None


def incidents(device: Device) -> list[Incident]:
    """Stretches of a component that start failing and hold nothing healthy."""
    found = []
    for number, component in enumerate(("ffmpeg", "monitor")):
        current: Incident | None = None
        for at, *statuses in sorted(device.samples):
            status = statuses[number]
            if status in FAILING:
                if current is None:
                    current = Incident(device.key, component, at, NEVER, "high")
                    found.append(current)
                if status == "stopped":
                    current.severity = "critical"
            elif status == "active" and current is not None:
                current.end = at
                current = None
    return found


def failures(found: list[Incident], device: Device, window: Span, as_of: datetime) -> list[Span]:
    """Those of a device that overlap or touch count once; wholly within maintenance they do not count."""
    start, end = window[0], min(window[1], as_of)
    joined: list[Span] = []
    for one in sorted(found, key=lambda incident: incident.start):
        ended = one.end if one.end <= as_of else NEVER
        if one.start >= end:
            continue
        if joined and one.start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], ended)
        else:
            joined.append((one.start, ended))
    return [
        (first, last)
        for first, last in joined
        if last > start
        and not all(
            device.in_maintenance(at)
            for at in [
                max(first, start),
                *(
                    edge
                    for span in device.maintenance
                    for edge in span
                    if max(first, start) < edge < min(last, end)
                ),
            ]
        )
    ]


def rounded(value: Fraction) -> int:
    """To whole microseconds, halves up."""
    return floor(value + Fraction(1, 2))


def mean(values: list[int]) -> int | None:
    return rounded(Fraction(sum(values), len(values))) if values else None


def median(values: list[int]) -> int | None:
    ordered = sorted(values)
    return mean([ordered[(len(values) - 1) // 2], ordered[len(values) // 2]]) if values else None


def nearest_rank(values: list[int], percent: int) -> int | None:
    return sorted(values)[-(-len(values) * percent // 100) - 1] if values else None


def response_times(found: list[Incident], window: Span, as_of: datetime) -> dict[str, int | None]:
    seen = [one for one in found if window[0] <= one.start < min(window[1], as_of)]
    to_acknowledge = [
        (one.acknowledged_at - one.start) // MICROSECOND for one in seen if one.acknowledged_at <= as_of
    ]
    to_resolve = [(one.end - one.start) // MICROSECOND for one in seen if one.end <= as_of]
    return {
        "incidents": len(seen),
        "acknowledged": len(to_acknowledge),
        "mtta_seconds": mean(to_acknowledge),
        "mtta_median_seconds": median(to_acknowledge),
        "mtta_p95_seconds": nearest_rank(to_acknowledge, 95),
        "resolved": len(to_resolve),
        "mttr_seconds": mean(to_resolve),
        "mttr_median_seconds": median(to_resolve),
        "mttr_p95_seconds": nearest_rank(to_resolve, 95),
        "still_open": sum(one.end > as_of for one in seen),
        "waiting": sum(one.end > as_of and one.acknowledged_at > as_of for one in seen),
        "never_acknowledged": sum(one.end <= as_of < one.acknowledged_at for one in seen),
        "mttr_at_least_seconds": mean([(min(one.end, as_of) - one.start) // MICROSECOND for one in seen]),
    }


def burn_rate(
    devices: Iterable[Device], window: Span, as_of: datetime, length: timedelta, target: Fraction
) -> Fraction | None:
    """The part lost of the last `length` of the window, divided by the part that may be lost."""
    end = min(window[1], as_of)
    spent = availability(devices, (end - length, end), as_of, "fleet").get((None, None, None, None))
    if not spent:
        return None
    up, counted = percent_parts(spent, count_no_data=True)
    return Fraction(counted - up, counted) / (1 - target) if counted else None
