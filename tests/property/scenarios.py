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
from itertools import accumulate
from math import inf
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
    sample_interval: timedelta | None = None
    no_data_after: timedelta | None = None
    open_after: timedelta | None = None
    resolve_after: timedelta | None = None
    reopen_within: timedelta | None = None
    flapping: tuple[float, float] | None = None  # start and stop, percent

    def settings(self) -> dict[str, Any]:
        """The columns of incident.policy that it sets."""
        values = self._asdict()
        start, stop = values.pop("flapping") or (None, None)
        values |= {"flapping_start_percent": start, "flapping_stop_percent": stop}
        return {name: value for name, value in values.items() if value is not None}


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
        settings: dict[str, Any] = {}
        for scope in reversed(matching):
            settings |= scope.settings()
        return Policy(**{name: settings[name] for name in settings if name not in Key._fields})


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


def row(number: int, ffmpeg: str = "stuck") -> Row:
    return Row(KEYS[0], Sample(BASE + number * MINUTE, ffmpeg, "active"))


def act(verb: str, minutes: float, back: int = 0) -> Action:
    return Action(verb, KEYS[0], "ffmpeg", back, BASE + minutes * MINUTE)


def minutes(statuses: str, start: int = 0) -> list[Row]:
    """One row a minute: f failing (stuck), x failing (stopped), h healthy, u unknown, - none."""
    words = {"f": "stuck", "x": "stopped", "h": "active", "u": "unknown"}
    return [row(start + number, words[one]) for number, one in enumerate(statuses) if one != "-"]


# One that changes all the time, or hardly ever.
restless = st.builds(minutes, st.text("ffhhhu-", min_size=5, max_size=30), st.integers(0, 20))
phases = st.builds(
    Phase,
    st.one_of(
        st.lists(rows, min_size=1, max_size=20).map(tuple),
        st.tuples(st.lists(rows, max_size=5), restless).map(lambda two: (*two[0], *two[1])),
    ),
    st.builds(lambda at, later: at + later, moments, st.sampled_from([timedelta(), 30 * MINUTE])),
    st.lists(actions, max_size=4).map(tuple),
)

intervals = st.sampled_from([timedelta(seconds=30), MINUTE, 5 * MINUTE, timedelta(seconds=47.3)])
silences = st.sampled_from([MINUTE, 2 * MINUTE, 3 * MINUTE, 10 * MINUTE, 3 * MINUTE + MICROSECOND])
delays = st.sampled_from([timedelta(), MINUTE, 2 * MINUTE, 5 * MINUTE, MINUTE + MICROSECOND])
reopening = st.sampled_from([timedelta(), 2 * MINUTE, 5 * MINUTE, 30 * MINUTE])
limits = st.sampled_from([(30, 25), (30, 25), (12, 7), (50, 10), (6.25, 0), (inf, 25)])


def scope(
    host: str | None, device: str | None, folder: str | None, optional: bool
) -> st.SearchStrategy[Scope]:
    values = (intervals, silences, delays, delays, reopening, limits)
    if optional:
        values = tuple(st.none() | value for value in values)
    return st.builds(Scope, *map(st.just, (host, device, folder)), *values)


def legal(policy: tuple[Scope, ...]) -> bool:
    """Each scope takes what it does not set from the wider ones before it; one interval is no silence."""
    interval = no_data_after = timedelta()
    for one in policy:
        interval, no_data_after = one.sample_interval or interval, one.no_data_after or no_data_after
        if no_data_after < interval:
            return False
    return True


STANDARD = Scope(None, None, None, MINUTE, 3 * MINUTE, timedelta(), timedelta(), timedelta(), (30, 25))
policies = st.one_of(
    st.just((STANDARD,)),
    st.tuples(
        scope(None, None, None, optional=False),
        scope("host-1", None, None, optional=True),
        scope(*KEYS[1], optional=True),
    ).filter(legal),
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


def rare(*phases: tuple[list[Row], list[Action]], **settings: Any) -> Scenario:
    """Each phase is swept when its newest sample, and those before, have been taken."""
    newest = accumulate((max(row.sample.at for row in rows) for rows, _ in phases), max)
    return Scenario(
        (STANDARD._replace(**settings),),
        tuple(Phase(tuple(rows), at, tuple(acts)) for (rows, acts), at in zip(phases, newest, strict=True)),
    )


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
    "a late row lengthens a failure backwards, another splits it": rare(
        ([row(5)], [act("acknowledge", 5.5)]), ([row(3), row(4, "active")], [])
    ),
    "a late row joins a failure with one that somebody works on": rare(
        ([*minutes("fh"), row(4, "active"), row(5)], [act("acknowledge", 5.5)]),
        ([row(2)], []),
        resolve_after=3 * MINUTE,
    ),
    "a failure just as long after a recovery as reopen_within": rare(
        (minutes("fh---f"), []), reopen_within=4 * MINUTE
    ),
    "a silence no longer than it must be between two rounds": rare(
        (minutes("hhhhhhhhhhh"), []), (minutes("h--hhh", 11), [])
    ),
    "a failure is too short, another is not": rare((minutes("hffhfffh"), []), open_after=2 * MINUTE),
    "a failure outlasts open_after by a row that says nothing new": rare(
        (minutes("hff"), []), (minutes("ff", 3), []), (minutes("f", 2), []), open_after=3 * MINUTE
    ),
    "a cut meets a failure that does not count yet": rare(
        (minutes("fff"), [act("resolve", 2.5)]), (minutes("fff", 3), []), open_after=2 * MINUTE
    ),
    "a recovery is too short, another is not": rare(
        (minutes("fhhfhhhh"), []), (minutes("h", 8), []), resolve_after=3 * MINUTE
    ),
    "a recovery outlasts resolve_after by a row that says nothing new": rare(
        (minutes("fhhh"), []), (minutes("h", 4), []), resolve_after=3 * MINUTE
    ),
    "a failure soon after a recovery": rare(
        (minutes("fh"), [act("acknowledge", 0.5)]),
        (minutes("hffh", 2), []),
        (minutes("hhhhhf", 6), []),
        reopen_within=4 * MINUTE,
    ),
    "a failure soon after somebody closed the incident": rare(
        (minutes("fh"), [act("close", 1.5)]), (minutes("hffh", 2), []), reopen_within=4 * MINUTE
    ),
    "what was closed is reopened, and fails and recovers again": rare(
        (minutes("fh"), [act("close", 1.5), act("reopen", 2.5)]),
        (minutes("hfhf", 3), []),
        (minutes("h", 2), []),
        reopen_within=4 * MINUTE,
    ),
    "what was closed while it failed on is reopened, and another with it": rare(
        ([row(0)], [act("resolve", 0.5), act("close", 0.7)]),
        ([row(1)], [act("resolve", 1.5), act("close", 1.6), act("reopen", 1.7, back=1)]),
        (minutes("hf", 2), []),
        reopen_within=4 * MINUTE,
    ),
    "late rows split what was reopened": rare(
        (minutes("fh-f"), [act("acknowledge", 3.5)]),
        (minutes("hhh", 4), [act("close", 6.5)]),
        (minutes("f", 2), []),
        reopen_within=3 * MINUTE,
    ),
    "flapping starts, and stops by rows that say nothing new": rare(
        (minutes("hhhhhhhhfhfhfhfh"), []),
        (minutes("hhhhhhhhhhhhhhhh", 16), []),
    ),
    "flapping stops while it fails": rare(
        (minutes("hfhfhfhfhffffffffffffff"), []),
        (minutes("ffffffhhh", 23), []),
    ),
    "it flaps through silence": rare((minutes("hfhfhfhf-----hfhh----fhf"), []), (minutes("hhhh", 24), [])),
    "late rows between changes end flapping": rare(
        ([row(2 * number, "stuck" if number % 2 else "active") for number in range(12)], []),
        ([row(2 * number + 1, "stuck" if number % 2 else "active") for number in range(12)], []),
        flapping=(50, 40),
    ),
    "somebody resolves what flaps": rare(
        (minutes("hfhfhfhfhfh"), [act("resolve", 10.5)]), (minutes("fhhhhhhhhhhhhhhhhhhhh", 11), [])
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
