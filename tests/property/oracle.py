"""What history and incidents must be, worked out from DESIGN's "Meaning" in the plainest way there is.

No SQL and nothing of the package. One device at a time; a whole life is worked out anew from all of its
samples, so the order in which they came cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction

FOREVER = datetime.max.replace(tzinfo=UTC)
NEVER = datetime.min.replace(tzinfo=UTC)
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

    cuts: set[datetime] = field(default_factory=set)  # resolved by hand
    holds: set[datetime] = field(default_factory=set)  # reopened
    seals: set[datetime] = field(default_factory=set)  # closed


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
    """From a failure that counts to the recovery that counts, cut where somebody resolved by hand."""
    ended = failures(samples, states, component, actions, policy)
    joined: list[list[tuple[datetime, datetime, bool]]] = []
    for begin, end, by_recovery in ended:
        last = joined[-1][-1] if joined else None
        if (
            last
            and last[2]
            and begin - last[1] < policy.reopen_within
            and not any(last[1] <= at < begin for at in actions.seals)
        ):
            joined[-1].append((begin, end, by_recovery))
        else:
            joined.append([(begin, end, by_recovery)])
    return [
        incident(states, component, parts[0][0], parts[-1][1], [begin for begin, *_ in parts[1:]])
        for parts in joined
    ]


def failures(
    samples: list[Sample], states: list[State], component: str, actions: Actions, policy: Policy
) -> list[tuple[datetime, datetime, bool]]:
    """(start, end, ended by a recovery) of each, in order of time."""
    happening: list[tuple[datetime, int, str]] = [(at, 1, "cut") for at in actions.cuts]
    flaps = flapping(samples, component, policy)
    for failing, start, end in runs(states, component):
        seen = [s for s in samples if start <= s.at < end and s.condition(component) != "neutral"]
        if failing:
            cuts = sorted(at for at in actions.cuts if start <= at < end)
            begins = {start} | {min((s.at for s in seen if s.at > cut), default=FOREVER) for cut in cuts}
            for begin in begins - {FOREVER}:
                next_cut = min((cut for cut in cuts if cut >= begin), default=FOREVER)
                if any(begin + policy.open_after <= s.at <= next_cut for s in seen):
                    happening.append((begin, 0, "failure"))
        elif not any(start <= at < end for at in actions.holds) and any(
            s.at >= start + policy.resolve_after and not any(a <= s.at < b for a, b in flaps) for s in seen
        ):
            happening.append((start, 1, "recovery"))

    found: list[tuple[datetime, datetime, bool]] = []
    begin = None
    for at, _, what in sorted(happening):
        if what == "failure":
            begin = begin or at
        elif begin is not None:
            found.append((begin, at, what == "recovery"))
            begin = None
    if begin is not None:
        found.append((begin, FOREVER, False))
    return found


def runs(states: list[State], component: str) -> list[tuple[bool, datetime, datetime]]:
    """(failing, start, end) in turn; what is neither failing nor healthy belongs to the run before it."""
    starts: list[tuple[bool, datetime]] = []
    for state in states:
        condition = state.condition(component)
        if condition != "neutral" and (not starts or starts[-1][0] != (condition == "failing")):
            starts.append((condition == "failing", state.start))
    ends = [*(start for _, start in starts[1:]), FOREVER]
    return [(failing, start, end) for (failing, start), end in zip(starts, ends, strict=False)]


def flapping(samples: list[Sample], component: str, policy: Policy) -> list[tuple[datetime, datetime]]:
    """(start, end) of each time it changes too often, by the samples alone."""
    found: list[tuple[datetime, datetime]] = []
    changes: list[bool] = []
    before, since, last = None, None, None
    for sample in samples:
        if last and sample.at - last >= policy.no_data_after:
            # What a silence missed are intervals without a change.
            changes += [False] * max((sample.at - last) // policy.sample_interval - 1, 0)
        last = sample.at
        condition = sample.condition(component)
        if condition == "neutral":
            condition = before
        changes.append(before is not None and condition != before)
        before = condition
        weights = [Fraction(5, 4) - Fraction(age, 38) for age in range(20)]
        latest = zip(weights, reversed(changes), strict=False)
        percent = 5 * sum(weight for weight, changed in latest if changed)
        if since is None and percent >= policy.flapping_start_percent:
            since = sample.at
        elif since is not None and percent <= policy.flapping_stop_percent:
            found.append((since, sample.at))
            since = None
    return found + ([(since, FOREVER)] if since is not None else [])


def incident(
    states: list[State], component: str, begin: datetime, end: datetime, reopened: list[datetime]
) -> Incident:
    """Severity is the worst seen from its beginning to its end."""
    seen = [
        (max(state.start, begin), SEVERITY[state.status(component)])
        for state in states
        if state.end > begin and state.start <= end and state.condition(component) == "failing"
    ]
    worst = "critical" if any(severity == "critical" for _, severity in seen) else "high"
    since = min(at for at, severity in seen if severity == worst)
    last = max(reopened, default=NEVER)
    return Incident(component, begin, end, worst, seen[0][1], since, len(reopened), last)
