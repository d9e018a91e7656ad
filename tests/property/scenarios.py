"""Random scenarios: samples of several devices, policy, sweeps, operators' actions; and how their rows
arrive.

A scenario is a list of phases. The rows of a phase may arrive in any order, in any batches, more than once;
then comes a sweep, then operators act on what they see. So the same actions meet the same incidents in
every delivery.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.property.oracle import COMPONENTS, Policy, Sample

BASE = datetime(2026, 3, 2, 23, 40, tzinfo=UTC)  # midnight, where partitions meet, is 20 minutes ahead
MINUTE = timedelta(minutes=1)
MICROSECOND = timedelta(microseconds=1)


def clock(at: datetime) -> str:
    """A moment as failures show it: minutes after BASE."""
    off = at - BASE
    return f"{off // MINUTE}" + (f"+{off % MINUTE}" if off % MINUTE else "")


class Key(NamedTuple):
    host_name: str
    device_name: str
    capture_folder: str


KEYS = [
    Key("host-1", "Device 1", "capture1"),
    Key("host-1", "Device 1", "capture2"),
    Key("host-2", "Device 1", "capture1"),
]


class Row(NamedTuple):
    key: Key
    sample: Sample

    def columns(self) -> dict[str, Any]:
        """As a row of system_device_metrics."""
        return {
            **self.key._asdict(),
            "device_id": f"id of {self.key.device_name}",
            "timestamp": self.sample.at,
            "ffmpeg_status": self.sample.ffmpeg,
            "monitor_status": self.sample.monitor,
        }

    def __repr__(self) -> str:
        return f"{KEYS.index(self.key)}@{clock(self.sample.at)} {self.sample.ffmpeg}/{self.sample.monitor}"


class Scope(NamedTuple):
    """A row of incident.policy. All None: the default; without a device: the host's."""

    host_name: str | None
    device_name: str | None
    capture_folder: str | None
    sample_interval: timedelta | None
    no_data_after: timedelta | None


class Action(NamedTuple):
    """What an operator wants to do to an incident of a component (0: the latest, 1: the one before), and
    when."""

    verb: str
    key: Key
    component: str
    back: int
    at: datetime

    def __repr__(self) -> str:
        return f"{self.verb} {self.component}-{self.back} of {KEYS.index(self.key)}@{clock(self.at)}"


class Phase(NamedTuple):
    rows: tuple[Row, ...]
    sweep_at: datetime
    actions: tuple[Action, ...]

    def __repr__(self) -> str:
        return f"phase: rows {list(self.rows)}, sweep {clock(self.sweep_at)}, actions {list(self.actions)}"


@dataclass(frozen=True)
class Scenario:
    policy: tuple[Scope, ...]
    phases: tuple[Phase, ...]

    def __repr__(self) -> str:
        policy = [tuple(str(value) for value in scope) for scope in self.policy]
        return "\n".join(["", f"policy {policy}", *map(repr, self.phases)])

    def policy_of(self, key: Key) -> Policy:
        """The most specific row that has a value wins, value by value."""
        matching = [
            scope
            for scope in self.policy
            if all(wanted in (None, its) for wanted, its in zip(scope[:3], key, strict=True))
        ]
        matching.sort(key=lambda scope: sum(part is not None for part in scope[:3]), reverse=True)
        return Policy(
            next(s.sample_interval for s in matching if s.sample_interval),
            next(s.no_data_after for s in matching if s.no_data_after),
        )


# What happens

statuses = st.sampled_from(["active", "active", "stuck", "stopped", "unknown"])
jitter = st.one_of(
    st.just(timedelta()),
    st.just(timedelta()),
    st.sampled_from([MICROSECOND, -MICROSECOND, timedelta(seconds=17)]),
)
moments = st.builds(lambda number, off: BASE + number * MINUTE + off, st.integers(0, 40), jitter)
samples = st.builds(Sample, moments, statuses, statuses)
keys = st.sampled_from([KEYS[0], KEYS[0], *KEYS])
rows = st.builds(Row, keys, samples)
actions = st.builds(
    Action,
    st.sampled_from(["resolve", "resolve", "reopen", "acknowledge", "close", "comment"]),
    keys,
    st.sampled_from(COMPONENTS),
    st.sampled_from([0, 0, 0, 1]),
    moments,
)
phases = st.builds(
    Phase,
    st.lists(rows, min_size=1, max_size=20).map(tuple),
    st.builds(lambda at, later: at + later, moments, st.sampled_from([timedelta(), 30 * MINUTE])),
    st.lists(actions, max_size=4).map(tuple),
)

intervals = st.sampled_from([timedelta(seconds=30), MINUTE, 5 * MINUTE, timedelta(seconds=47.3)])
silences = st.sampled_from([MINUTE, 2 * MINUTE, 3 * MINUTE, 10 * MINUTE, 3 * MINUTE + MICROSECOND])


def scope(
    host: str | None, device: str | None, folder: str | None, optional: bool
) -> st.SearchStrategy[Scope]:
    values = (st.none() | intervals, st.none() | silences) if optional else (intervals, silences)
    return st.builds(Scope, *map(st.just, (host, device, folder)), *values).filter(
        lambda row: None in row[3:] or row.no_data_after >= row.sample_interval
    )


STANDARD = Scope(None, None, None, MINUTE, 3 * MINUTE)
policies = st.one_of(
    st.just((STANDARD,)),
    st.tuples(
        scope(None, None, None, optional=False),
        scope("host-1", None, None, optional=True),
        scope(*KEYS[1], optional=True),
    ),
)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """The sweep of a phase comes when the samples it looks at have been taken."""
    newest, drawn = BASE, []
    for phase in draw(st.lists(phases, min_size=1, max_size=3)):
        newest = max(newest, *(row.sample.at for row in phase.rows))
        drawn.append(phase._replace(sweep_at=max(phase.sweep_at, newest)))
    return Scenario(draw(policies), tuple(drawn))


# Meetings that are rare by chance


def row(number: int, ffmpeg: str = "stuck") -> Row:
    return Row(KEYS[0], Sample(BASE + number * MINUTE, ffmpeg, "active"))


def act(verb: str, minutes: float, back: int = 0) -> Action:
    return Action(verb, KEYS[0], "ffmpeg", back, BASE + minutes * MINUTE)


def rare(*phases: tuple[list[Row], list[Action]]) -> Scenario:
    newest = max(row.sample.at for rows, _ in phases for row in rows)
    return Scenario((STANDARD,), tuple(Phase(tuple(rows), newest, tuple(acts)) for rows, acts in phases))


RARE = {
    "a silence between two rows that say nothing new": rare(([row(0), row(1), row(9)], [])),
    "a late row that makes the present state longer": rare(([row(10)], []), ([row(8)], [])),
    "a sample after a cut that says nothing new": rare(([row(0)], [act("resolve", 0.5)]), ([row(1)], [])),
    "an incident is reopened when another has followed its cut": rare(
        ([row(0)], [act("resolve", 0.5)]),
        ([row(1)], [act("resolve", 1.5), act("reopen", 1.7, back=1)]),
    ),
    "an incident is reopened when healthy": rare(([row(0), row(1, "active")], [act("reopen", 1.5)])),
    "a failure gets worse after it was acknowledged": rare(
        ([row(0)], [act("acknowledge", 0.5)]), ([row(1, "stopped")], [])
    ),
}


# How the rows of a phase arrive


class Batch(NamedTuple):
    rows: tuple[Row, ...]


class Sweep(NamedTuple):
    at: datetime


def in_order(phase: Phase) -> Iterator[Batch | Sweep]:
    """As they come, each by itself, and no sweep but the last."""
    for row in phase.rows:
        yield Batch((row,))
    yield Sweep(phase.sweep_at)


def shuffled(phase: Phase, chance: random.Random) -> Iterator[Batch | Sweep]:
    """In any order and any batches, some rows twice, with sweeps in between."""
    rows = [*phase.rows, *chance.choices(phase.rows, k=chance.randrange(4))]
    waiting = defaultdict(list)
    for row in rows:
        waiting[row.key, row.sample.at].append(row)
    chance.shuffle(rows)
    if chance.random() < 0.3:
        rows.sort(key=lambda row: row.sample.at, reverse=chance.random() < 0.5)
    # Of rows for the same moment the same one stays the first.
    rows = [waiting[row.key, row.sample.at].pop(0) for row in rows]
    size = chance.choice([1, 2, 5, len(rows)])
    while rows:
        count = chance.randint(1, size)
        yield Batch(tuple(rows[:count]))
        del rows[:count]
        if chance.random() < 0.2:
            yield Sweep(BASE + chance.random() * (phase.sweep_at - BASE))
    yield Sweep(phase.sweep_at)
