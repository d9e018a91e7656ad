"""Availability worked out from the samples in the plainest way there is: no SQL, no cleverness.

Time is whole microseconds. Every report is a sum over moments at which nothing changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

SAMPLE_INTERVAL = timedelta(seconds=60)
NO_DATA_AFTER = timedelta(minutes=3)
MICROSECOND = timedelta(microseconds=1)
CONDITIONS = ("up", "down", "unknown", "no_data", "maintenance")
FAILING = ("stuck", "stopped")

Key = tuple[str, str, str]
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
