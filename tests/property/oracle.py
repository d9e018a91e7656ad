"""What history and incidents must be, worked out from DESIGN's "Meaning" in the plainest way there is.

No SQL and nothing of the package. One device at a time; a whole life is worked out anew from all of its
samples, so the order in which they came cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

FOREVER = datetime.max.replace(tzinfo=UTC)
NEVER = datetime.min.replace(tzinfo=UTC)
COMPONENTS = ("ffmpeg", "monitor")
SEVERITY = {"stuck": "high", "stopped": "critical"}


@dataclass(frozen=True, order=True)
class Sample:
    """What a device was doing from a moment on."""

    at: datetime
    ffmpeg: str
    monitor: str

    def status(self, component: str) -> str:
        return {"ffmpeg": self.ffmpeg, "monitor": self.monitor}[component]


@dataclass(frozen=True)
class Policy:
    sample_interval: timedelta = timedelta(seconds=60)
    no_data_after: timedelta = timedelta(minutes=3)


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
        status = self.status(component)
        return "failing" if status in SEVERITY else "healthy" if status == "active" else "neutral"


@dataclass(frozen=True, order=True)
class Incident:
    component: str
    detected_at: datetime
    resolved_at: datetime  # FOREVER while it lasts
    severity: str
    detected_severity: str
    severity_since: datetime


@dataclass
class Actions:
    """What operators did to the course of a component's incidents."""

    cuts: set[datetime] = field(default_factory=set)  # resolved by hand
    holds: set[datetime] = field(default_factory=set)  # reopened

    def __str__(self) -> str:
        return f"cuts {sorted(self.cuts)}, holds {sorted(self.holds)}"


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


def incidents(samples: list[Sample], states: list[State], component: str, actions: Actions) -> list[Incident]:
    """Maximal stretches that start failing and hold no healthy state, cut where somebody resolved by hand."""
    found: list[Incident] = []
    for start, recovered_at in stretches(states, component, actions.holds):
        begin = start
        while begin is not None:
            cut = min((at for at in actions.cuts if begin <= at < recovered_at), default=None)
            end = recovered_at if cut is None else cut
            found.append(incident(states, component, begin, end))
            begin = None if cut is None else next_failing(samples, component, cut, recovered_at)
    return found


def stretches(states: list[State], component: str, holds: set[datetime]) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []
    failing_since = None
    for number, state in enumerate(states):
        condition = state.condition(component)
        if condition == "failing" and failing_since is None:
            failing_since = state.start
        elif (
            condition == "healthy"
            and failing_since is not None
            and not held(states, number, component, holds)
        ):
            found.append((failing_since, state.start))
            failing_since = None
    if failing_since is not None:
        found.append((failing_since, FOREVER))
    return found


def held(states: list[State], number: int, component: str, holds: set[datetime]) -> bool:
    """Whether somebody reopened an incident in the run without failure that this state is in."""
    first = last = number
    while first > 0 and states[first - 1].condition(component) != "failing":
        first -= 1
    while last < len(states) - 1 and states[last + 1].condition(component) != "failing":
        last += 1
    run = states[first : last + 1]
    healthy_since = min(state.start for state in run if state.condition(component) == "healthy")
    return any(healthy_since <= at < run[-1].end for at in holds)


def next_failing(samples: list[Sample], component: str, after: datetime, before: datetime) -> datetime | None:
    """The next failing sample starts another incident."""
    times = [s.at for s in samples if after < s.at < before and s.status(component) in SEVERITY]
    return min(times, default=None)


def incident(states: list[State], component: str, begin: datetime, end: datetime) -> Incident:
    """Severity is the worst seen from its beginning to its end."""
    seen = [
        (max(state.start, begin), SEVERITY[state.status(component)])
        for state in states
        if state.end > begin and state.start <= end and state.condition(component) == "failing"
    ]
    worst = "critical" if any(severity == "critical" for _, severity in seen) else "high"
    since = min(at for at, severity in seen if severity == worst)
    return Incident(component, begin, end, worst, seen[0][1], since)
