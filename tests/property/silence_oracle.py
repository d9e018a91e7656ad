"""When hosts and devices are silent, and hosts over a limit, worked out from DESIGN's "Meaning".

The plainest way there is: no SQL and nothing of the package. A whole life is worked out anew from all
signals, so the order in which they came cannot matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from tests.property.oracle import FOREVER, Policy

CRITICAL, HIGH, MEDIUM = "critical", "high", "medium"
WORST = (CRITICAL, HIGH, MEDIUM)


class Gap(NamedTuple):
    """No signal after `last` and before `end`. It is silence from `start`, which counts since `reached`."""

    last: datetime
    start: datetime
    end: datetime
    reached: datetime


class Outage(NamedTuple):
    """The database was down."""

    start: datetime
    end: datetime


class Incident(NamedTuple):
    detected_at: datetime
    resolved_at: datetime  # FOREVER while it lasts
    severity: str
    reason: str


class State(NamedTuple):
    start: datetime
    condition: str  # failing, healthy, neutral
    severity: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Host:
    """All that decides about a host and its devices."""

    samples: dict[str, set[datetime]]  # of each device
    rows: dict[datetime, float | None]  # cpu load, None: could not tell
    outages: tuple[Outage, ...]
    swept_to: datetime
    policy: Policy
    policies: dict[str, Policy]  # of devices that have their own
    grace: timedelta
    cpu_limit: float
    cpu_samples: int

    def policy_of(self, device: str) -> Policy:
        return self.policies.get(device, self.policy)

    # Silence

    def gaps(self, signals: Iterable[datetime], policy: Callable[[datetime], Policy]) -> list[Gap]:
        found = []
        for last, end in pairwise([*sorted(signals), FOREVER]):
            its = policy(last)
            gap = Gap(last, last + its.sample_interval, end, last + its.no_data_after)
            if gap.reached <= min(end, self.swept_to if end == FOREVER else end) and gap.start < end:
                found.append(gap)
        return found

    @property
    def signals(self) -> set[datetime]:
        return set(self.rows).union(*self.samples.values())

    def silences(self) -> list[Gap]:
        """A host is as patient as the most patient of its devices."""

        def patience(at: datetime) -> Policy:
            known = [self.policy_of(device) for device, times in self.samples.items() if min(times) <= at]
            return Policy(
                max(policy.sample_interval for policy in [self.policy, *known]),
                max(policy.no_data_after for policy in [self.policy, *known]),
            )

        return self.gaps(self.signals, patience)

    def silence_fails(self, gap: Gap) -> datetime | None:
        """From when on a silence is the host's: the database must have been up for as long."""
        takes = gap.reached - gap.start
        known = self.swept_to if gap.end == FOREVER else gap.end
        returns = [outage.end for outage in self.outages if gap.start < outage.end < gap.end]
        for start in sorted([gap.start, *returns]):
            disturbed = any(outage.end > start and outage.start < start + takes for outage in self.outages)
            if start + takes <= known and not disturbed:
                return start
        return None

    def device_silence_fails(self, gap: Gap) -> datetime | None:
        """From when on a silence is the device's: its host must have been heard for as long."""
        takes = gap.reached - gap.start
        silences = self.silences()
        returns = [silence.end for silence in silences if gap.start < silence.end < gap.end]
        for start in sorted([gap.start, *returns]):
            if any(silence.start <= start < silence.end for silence in silences):
                continue
            next_silences = [silence.last for silence in silences if start < silence.start < gap.end]
            heard_to = min(next_silences, default=gap.end if gap.end < FOREVER else max(self.signals))
            if start + takes <= heard_to:
                return start
        return None

    # Load

    def overloads(self) -> list[tuple[datetime, datetime, float]]:
        """So many rows in a row, from the first of them to the first below the limit."""
        found, run = [], []
        for at, cpu in sorted(self.rows.items()):
            if cpu is None:
                continue
            if cpu >= self.cpu_limit:
                run.append((at, cpu))
                continue
            if len(run) >= self.cpu_samples:
                found.append((run[0][0], at, run[0][1]))
            run = []
        if len(run) >= self.cpu_samples:
            found.append((run[0][0], FOREVER, run[0][1]))
        return found

    # Incidents

    def host_incidents(self) -> list[Incident]:
        silences = self.silences()
        overloads = self.overloads()
        fails = {gap: self.silence_fails(gap) for gap in silences}
        first = min(self.signals)

        def state(at: datetime) -> State:
            reasons, severity, unreachable = [], None, False
            for gap in silences:
                if gap.start <= at < gap.end:
                    start = fails[gap]
                    if gap.start >= first + self.grace and start and start <= at:
                        reasons, severity = ["silent"], CRITICAL
                    else:
                        unreachable = True
            for start, end, value in overloads:
                if start <= at < end:
                    reasons.append(f"cpu {value:g} % (limit {self.cpu_limit:g})")
                    severity = severity or MEDIUM
            if reasons:
                return State(at, "failing", severity, "; ".join(reasons))
            return State(at, "neutral" if unreachable else "healthy")

        moments = {moment for gap in silences for moment in (gap.start, gap.end, fails[gap]) if moment}
        moments |= {moment for start, end, _ in overloads for moment in (start, end)}
        return incidents([state(at) for at in sorted(moments - {FOREVER})])

    def device_incidents(self, device: str) -> list[Incident]:
        times = self.samples[device]
        states = []
        for gap in self.gaps(times, lambda _: self.policy_of(device)):
            states.append(State(gap.start, "neutral"))
            start = self.device_silence_fails(gap)
            if start and gap.start >= min(times) + self.grace:
                states.append(State(start, "failing", HIGH, "silent"))
            if gap.end < FOREVER:
                states.append(State(gap.end, "healthy"))
        return incidents(states)


def incidents(states: list[State]) -> list[Incident]:
    """Maximal stretches that start failing and hold no healthy state; their severity is the worst."""
    found: list[Incident] = []
    lasting: Incident | None = None
    for state in states:
        if state.condition == "failing":
            worst = min([state.severity, *([lasting.severity] if lasting else [])], key=WORST.index)
            lasting = Incident(lasting.detected_at if lasting else state.start, FOREVER, worst, state.reason)
        elif state.condition == "healthy" and lasting:
            found.append(lasting._replace(resolved_at=state.start))
            lasting = None
    return [*found, *([lasting] if lasting else [])]
