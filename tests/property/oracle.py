"""What history and incidents must be, worked out from DESIGN's "Meaning" in the plainest way there is.

No SQL and nothing of the package. One device at a time; a whole life is worked out anew from all of its
samples, so the order in which they came cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import NamedTuple

FOREVER = datetime.max.replace(tzinfo=UTC)
NEVER = datetime.min.replace(tzinfo=UTC)
RESOLUTION = timedelta(microseconds=1)  # of time
COMPONENTS = ("ffmpeg", "monitor")
SEVERITY = {"stuck": "high", "stopped": "critical"}


def condition(status: str) -> str:
    return "failing" if status in SEVERITY else "healthy" if status == "active" else "neutral"


@dataclass(frozen=True, order=True)
class Sample:
    """What a device was doing from a moment on."""

    at: datetime
    ffmpeg: str
    monitor: str

    def status(self, component: str) -> str:
        return {"ffmpeg": self.ffmpeg, "monitor": self.monitor}[component]

    def condition(self, component: str) -> str:
        return condition(self.status(component))


@dataclass(frozen=True)
class Policy:
    sample_interval: timedelta = timedelta(seconds=60)
    no_data_after: timedelta = timedelta(minutes=3)
    open_after: timedelta = timedelta()
    resolve_after: timedelta = timedelta()
    reopen_within: timedelta = timedelta()
    flapping_start_percent: float = 30
    flapping_stop_percent: float = 25


@dataclass(frozen=True)
class State:
    """A row of the history; it lasts up to, not including, `end`."""

    start: datetime
    end: datetime
    ffmpeg: str
    monitor: str

    def status(self, component: str) -> str:
        return {"ffmpeg": self.ffmpeg, "monitor": self.monitor}[component]

    def condition(self, component: str) -> str:
        return condition(self.status(component))


@dataclass(frozen=True, order=True)
class Incident:
    component: str
    detected_at: datetime
    resolved_at: datetime  # FOREVER while it lasts
    severity: str
    detected_severity: str
    severity_since: datetime
    reopen_count: int
    reopened_at: datetime  # NEVER when the engine did not reopen it


@dataclass
class Actions:
    """What operators did to the course of a component's incidents."""

    resolved: set[datetime] = field(default_factory=set)  # by hand
    reopened: set[datetime] = field(default_factory=set)
    closed: set[datetime] = field(default_factory=set)


@dataclass(frozen=True, order=True)
class Anchor:
    """What somebody saw who first acted on an incident: its start, the moment (its end, if it was over) and
    up to when its failure may turn out to begin (its end then; FOREVER while it lasted)."""

    start: datetime
    at: datetime
    end: datetime

    def ended(self, at: datetime) -> Anchor:
        """Somebody resolved it: no later failure is it."""
        return Anchor(min(self.start, at), min(self.at, at), min(self.end, at))


def samples_that_stand(arrivals: Iterable[Sample]) -> list[Sample]:
    """The first row for a moment stands."""
    first: dict[datetime, Sample] = {}
    for sample in arrivals:
        first.setdefault(sample.at, sample)
    return sorted(first.values(), key=lambda sample: sample.at)


def history(samples: list[Sample], policy: Policy, swept_to: datetime = NEVER) -> list[State]:
    """A sample holds until the next, or until the first missed one if the silence reaches no_data_after.

    After the last sample silence is known as far as the sweep has looked.
    """
    states: list[State] = []
    for number, sample in enumerate(samples):
        last = number == len(samples) - 1
        following = FOREVER if last else samples[number + 1].at
        known_silence = (swept_to if last else following) >= sample.at + policy.no_data_after
        end = min(sample.at + policy.sample_interval, following) if known_silence else following
        states.append(State(sample.at, end, sample.ffmpeg, sample.monitor))
        if end < following:
            states.append(State(end, following, "no_data", "no_data"))

    joined: list[State] = []
    for state in states:
        if joined and (joined[-1].ffmpeg, joined[-1].monitor) == (state.ffmpeg, state.monitor):
            state = State(joined.pop().start, state.end, state.ffmpeg, state.monitor)
        joined.append(state)
    return joined


def incidents(
    samples: list[Sample], states: list[State], component: str, actions: Actions, policy: Policy
) -> list[Incident]:
    """From a failure that counts to the recovery that counts, or to where somebody resolved it by hand."""

    def seen(failing: bool, start: datetime, end: datetime) -> bool:
        wanted = "failing" if failing else "healthy"
        return any(start <= s.at < end and s.condition(component) == wanted for s in samples)

    found: list[list[Failure]] = []  # the failures of each incident
    flapping = Flapping(policy)
    for failing, start, end in runs(states, component):
        lasts = found and found[-1][-1].end == FOREVER
        flapping.change(start, bool(lasts))
        by_hand = sorted(at for at in actions.resolved if start <= at < end)
        if not failing:
            if not lasts:
                continue
            calm = start + max(policy.resolve_after, flapping.calms_after())
            is_held = any(start <= at < end for at in actions.reopened)
            if not is_held and (calm == start or seen(False, calm, end)):
                found[-1][-1] = found[-1][-1]._replace(end=start, recovered=start not in by_hand)
            elif by_hand:
                found[-1][-1] = found[-1][-1]._replace(end=by_hand[0], recovered=False)
            continue
        # One begins with the run, and again with the first failing sample after each time it was resolved.
        begins = [start]
        for at in by_hand:
            later = [s.at for s in samples if at < s.at < end and s.condition(component) == "failing"]
            begins += later[:1]
        for begin in sorted(set(begins)):
            until = min((at for at in by_hand if at >= begin), default=None)
            if not (found and found[-1][-1].end == FOREVER):
                counts = policy.open_after == timedelta() or seen(
                    True, begin + policy.open_after, end if until is None else until + RESOLUTION
                )
                if not counts:
                    continue
                last = found[-1][-1] if found else None
                if (
                    last
                    and last.recovered
                    and begin - last.end < policy.reopen_within
                    and not any(last.end <= at < begin for at in actions.closed)
                ):
                    found[-1].append(Failure(begin))
                else:
                    found.append([Failure(begin)])
                flapping.open(begin)
            if until is not None:
                found[-1][-1] = found[-1][-1]._replace(end=until)
    return [incident(states, component, parts) for parts in found]


def carriers(incidents: list[Incident], anchors: dict[int, Anchor]) -> dict[int, list[int]]:
    """Which incident (its place in the list) each one that people worked on is: the one that holds the
    moment, else the last before, else the next; none when its failure never was. Of several the first."""
    found: dict[int, list[int]] = {}
    for number, anchor in sorted(anchors.items(), key=lambda item: (item[1].start, item[0])):
        before = [
            place
            for place, incident in enumerate(incidents)
            if incident.detected_at <= anchor.at and incident.resolved_at >= anchor.start
        ]
        after = [
            place
            for place, incident in enumerate(incidents)
            if anchor.at < incident.detected_at <= anchor.end
        ]
        if place := [*before[-1:], *after[:1]][:1]:
            found.setdefault(place[0], []).append(number)
    return found


class Failure(NamedTuple):
    """A part of an incident: it ends by a recovery, or because somebody resolved it."""

    begin: datetime
    end: datetime = FOREVER
    recovered: bool = False


class Flapping:
    """Changes among the last twenty intervals; an incident flaps from so many on until there are so few."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.changes: list[int] = []  # newest last; 1: between failing and healthy
        self.since: datetime | None = None
        self.changed_at: datetime | None = None

    def percent(self, idle: int = 0) -> Fraction:
        latest = zip(reversed([*self.changes, *[0] * idle]), range(20), strict=False)
        return 5 * sum(Fraction(5, 4) - Fraction(age, 38) for changed, age in latest if changed)

    def intervals(self, at: datetime) -> int:
        return int(
            Fraction((at - self.changed_at) // RESOLUTION, self.policy.sample_interval // RESOLUTION)
            + Fraction(1, 2)
        )

    def change(self, at: datetime, lasts: bool) -> None:
        """Another run begins, while an incident lasts or not."""
        if self.changed_at is not None:
            self.changes += [0] * max(self.intervals(at) - 1, 0)
            if self.percent() <= self.policy.flapping_stop_percent:
                self.since = None
            self.changes.append(1)
        self.changed_at = at
        if not lasts or self.percent() <= self.policy.flapping_stop_percent:
            self.since = None
        elif self.since is None and self.percent() >= self.policy.flapping_start_percent:
            self.since = at

    def open(self, at: datetime) -> None:
        flaps = self.percent(self.intervals(at)) >= self.policy.flapping_start_percent
        self.since = at if flaps else None

    def calms_after(self) -> timedelta:
        if self.since is None:
            return timedelta()
        idle = next(n for n in range(21) if self.percent(n) <= self.policy.flapping_stop_percent)
        return idle * self.policy.sample_interval


def runs(states: list[State], component: str) -> list[tuple[bool, datetime, datetime]]:
    """(failing, start, end) in turn; what is neither failing nor healthy belongs to the run before it."""
    starts: list[tuple[bool, datetime]] = []
    for state in states:
        condition = state.condition(component)
        if condition != "neutral" and (not starts or starts[-1][0] != (condition == "failing")):
            starts.append((condition == "failing", state.start))
    ends = [*(start for _, start in starts[1:]), FOREVER]
    return [(failing, start, end) for (failing, start), end in zip(starts, ends, strict=False)]


def incident(states: list[State], component: str, parts: list[Failure]) -> Incident:
    """Severity is the worst seen in its failures."""
    begin, end = parts[0].begin, parts[-1].end
    seen = [
        (max(state.start, part.begin), SEVERITY[state.status(component)])
        for part in parts
        for state in states
        if state.end > part.begin and state.start <= part.end and state.condition(component) == "failing"
    ]
    worst = "critical" if any(severity == "critical" for _, severity in seen) else "high"
    since = min(at for at, severity in seen if severity == worst)
    last = parts[-1].begin if len(parts) > 1 else NEVER
    return Incident(component, begin, end, worst, seen[0][1], since, len(parts) - 1, last)
