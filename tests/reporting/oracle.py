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
    retired: list[datetime] = field(default_factory=list)
    outages: list[Span] = field(default_factory=list)  # of the database

    def silences(self, as_of: datetime) -> list[tuple[datetime, datetime, datetime]]:
        """Gaps between samples that had lasted long enough by as_of: last sample, first missed one, end."""
        times = sorted(at for at, _, _ in self.samples if at <= as_of)
        return [
            (at, at + SAMPLE_INTERVAL, until)
            for at, until in pairwise([*times, NEVER])
            if min(until, as_of) - at >= NO_DATA_AFTER
        ]

    def is_in_service(self, at: datetime, as_of: datetime) -> bool:
        """Retired while it is silent, until a sample brings it back."""
        return not any(
            last <= retired < until and retired <= at < until
            for retired in self.retired
            for last, _, until in self.silences(as_of)
        )

    def changes(self, as_of: datetime) -> list[tuple[datetime, str, str]]:
        """What is so from each moment on."""
        found = [one for one in self.samples if one[0] <= as_of]
        found += [(missed, "no_data", "no_data") for _, missed, _ in self.silences(as_of)]
        return sorted(found)

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
    """Microseconds of each condition, of the window, of outages; None when it was not in service."""
    changes = device.changes(as_of)
    start, end = max(window[0], min(device.samples)[0]), min(window[1], as_of)
    if start >= end:
        return None
    edges = {start, end, *device.retired, *(at for at, _, _ in changes)}
    edges |= {at for span in device.maintenance + device.outages for at in span}
    inside = sorted(edge for edge in edges if start <= edge <= end)
    spent = dict.fromkeys((*CONDITIONS, "outage", "window"), 0)
    for one, next_one in pairwise(inside):
        if not device.is_in_service(one, as_of):
            continue
        length = (next_one - one) // MICROSECOND
        spent["window"] += length
        if device.in_maintenance(one):
            what = "maintenance"
        else:
            what = condition(*device.statuses(one, changes), component)
        if what == "no_data" and any(first <= one < last for first, last in device.outages):
            what = "unknown"
            spent["outage"] += length
        spent[what] += length
    return spent if spent["window"] else None


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
        day = window[0].astimezone(zone).date() - timedelta(days=370)
        last = window[1].astimezone(zone).date() + timedelta(days=370)
        edges = []
        while day <= last:
            first = day.day == 1
            starts = {
                "day": True,
                "week": day.weekday() == 0,
                "month": first,
                "year": first and day.month == 1,
            }[bucket]
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
    maintenance: list[Span] = field(default_factory=list)
    announced_at: datetime | None = None

    def counted(self, as_of: datetime) -> list[Span]:
        """Its time up to as_of, without maintenance."""
        return without((self.start, min(self.end, as_of)), self.maintenance)

    def counts_from(self, as_of: datetime) -> datetime | None:
        """The moment that it belongs to; None when it is wholly in maintenance."""
        counted = self.counted(as_of)
        if counted:
            return counted[0][0]
        inside = any(start <= self.start < end for start, end in self.maintenance)
        return None if inside else self.start

    def to_acknowledge(self) -> int:
        known = max(self.start, self.announced_at or self.start)
        return length(without((known, self.acknowledged_at), self.maintenance))


def without(span: Span, taken: list[Span]) -> list[Span]:
    """What is left of a span."""
    left = [span] if span[0] < span[1] else []
    for start, end in taken:
        left = [
            part
            for first, last in left
            for part in ((first, min(last, start)), (max(first, end), last))
            if part[0] < part[1]
        ]
    return sorted(left)


def length(spans: list[Span]) -> int:
    return sum((last - first) // MICROSECOND for first, last in spans)


def incidents(device: Device) -> list[Incident]:
    """Stretches of a component that start failing and hold nothing healthy."""
    found = []
    for number, component in enumerate(("ffmpeg", "monitor")):
        current: Incident | None = None
        for at, *statuses in sorted(device.samples):
            status = statuses[number]
            if status in FAILING:
                if current is None:
                    current = Incident(
                        device.key, component, at, NEVER, "high", maintenance=device.maintenance
                    )
                    found.append(current)
                if status == "stopped":
                    current.severity = "critical"
            elif status == "active" and current is not None:
                current.end = at
                current = None
    return found


def failures(found: list[Incident], device: Device, window: Span, as_of: datetime) -> list[list[Span]]:
    """The time of each without maintenance and retirement, up to the end, where there is any; those of a
    device that overlap or touch are one."""
    end = min(window[1], as_of)
    joined: list[Span] = []
    for one in sorted(found, key=lambda incident: incident.start):
        if one.start >= end:
            continue
        if joined and one.start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], one.end)
        else:
            joined.append((one.start, one.end))
    retired = [
        (at, until)
        for at in device.retired
        for last, _, until in device.silences(as_of)
        if last <= at < until
    ]
    counted = [without((first, min(last, end)), device.maintenance + retired) for first, last in joined]
    return [spans for spans in counted if spans and spans[-1][1] > window[0]]


def rounded(value: Fraction) -> int:
    """Down to whole microseconds."""
    return floor(value)


def mean(values: list[int]) -> int | None:
    return rounded(Fraction(sum(values), len(values))) if values else None


def median(values: list[int]) -> int | None:
    ordered = sorted(values)
    return mean([ordered[(len(values) - 1) // 2], ordered[len(values) // 2]]) if values else None


def nearest_rank(values: list[int], percent: int) -> int | None:
    return sorted(values)[-(-len(values) * percent // 100) - 1] if values else None


def response_times(found: list[Incident], window: Span, as_of: datetime) -> dict[str, int | None]:
    end = min(window[1], as_of)
    seen = [one for one in found if window[0] <= (one.counts_from(as_of) or NEVER) < end]
    to_acknowledge = [one.to_acknowledge() for one in seen if one.acknowledged_at <= as_of]
    to_resolve = [length(one.counted(as_of)) for one in seen if one.end <= as_of]
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
        "mttr_at_least_seconds": mean([length(one.counted(as_of)) for one in seen]),
    }


def burn_rate(
    devices: list[Device], window: Span, as_of: datetime, back: timedelta, target: Fraction, by: str
) -> Fraction | None:
    """The part lost of the last `back` of the window, divided by the part that may be lost. Before the first
    sample of a device all was good."""
    end = min(window[1], as_of)
    spent = availability(devices, (end - back, end), as_of, by)
    key = next(iter(spent), None)
    up, counted = percent_parts(spent[key], count_no_data=True) if key else (0, 0)
    lost = counted - up
    for device in devices:
        born = min(device.samples)[0]
        if born < end and seconds(device, (window[0], end), as_of):
            counted += max(born - (end - back), timedelta()) // MICROSECOND
    if lost and target == 1:
        return Fraction(10**12)  # stands for infinity
    return Fraction(lost, 1) / (counted * (1 - target)) if lost else (Fraction(0) if counted else None)


def to_come(device: Device, window: Span, as_of: datetime) -> int:
    """What of the window a device in service has still before it, less the maintenance planned in it."""
    end = min(window[1], as_of)
    if not seconds(device, window, as_of) or not device.is_in_service(end - MICROSECOND, as_of):
        return 0
    return length(without((as_of, window[1]), device.maintenance))


def lost_spans(device: Device, window: Span, as_of: datetime) -> list[Span]:
    """When a device lost time: down or silent."""
    start, end = max(window[0], min(device.samples)[0]), min(window[1], as_of)
    changes = device.changes(as_of)
    edges = {start, end, *device.retired, *(at for at, _, _ in changes)}
    edges |= {at for span in device.maintenance + device.outages for at in span}
    found = []
    for one, next_one in pairwise(sorted(edge for edge in edges if start <= edge <= end)):
        what = seconds(device, (one, next_one), as_of)
        if what and what["down"] + what["no_data"]:
            found.append((one, next_one))
    return found


def ran_out_at(devices: list[Device], window: Span, as_of: datetime, allowed: int) -> datetime:
    """The moment at which as many microseconds had been lost as were allowed."""
    spans = [span for device in devices for span in lost_spans(device, window, as_of)]
    lost = 0
    for one, next_one in pairwise(sorted({at for span in spans for at in span})):
        losing = sum(first <= one < last for first, last in spans)
        more = losing * ((next_one - one) // MICROSECOND)
        if losing and lost + more >= allowed:
            return one + (allowed - lost) / losing * MICROSECOND
        lost += more
    raise AssertionError("it did not run out")


def covered(found: list[Incident], window: Span, as_of: datetime) -> int:
    """Microseconds of the window in which at least one lasted, without maintenance."""
    spans = [
        (max(first, window[0]), min(last, window[1]))
        for one in found
        for first, last in one.counted(as_of)
        if max(first, window[0]) < min(last, window[1])
    ]
    edges = sorted({at for span in spans for at in span})
    return sum(
        (next_one - one) // MICROSECOND
        for one, next_one in pairwise(edges)
        if any(first <= one < last for first, last in spans)
    )
