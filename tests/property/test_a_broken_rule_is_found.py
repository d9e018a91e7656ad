"""The property test finds a broken rule: each is broken in a copy of its file, and the test must fail."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from db.embedded import REPO
from tests.property.replay import check
from tests.property.scenarios import RARE, Scenario, scenarios
from tests.property.test_incidents_are_a_function_of_the_samples import seeds
from tests.support.servers import server_names

# Rule -> what stands in its line instead. In functions/ the line is marked by `-- rule: ...`, several are
# parted by semicolons.
BROKEN = {
    "silence that just reaches no_data_after counts": (
        "return last_signal_at + no_data_after < case when next_signal_at < 'infinity' then "
        "next_signal_at else known_to end;"
    ),
    "no_data starts at the first missed sample": "run.ended_at := heard_at + s.no_data_after;",
    "the most specific policy wins": "coalesce(pa.no_data_after, ph.no_data_after, pd.no_data_after),",
    "unknown does not resolve": "when s.ffmpeg_status in ('active', 'unknown') then 'healthy'",
    "no_data does not resolve": "when s.ffmpeg_status in ('active', 'no_data') then 'healthy'",
    "unknown does not open": "when s.ffmpeg_status in ('stuck', 'stopped', 'unknown') then 'failing'",
    "severity never falls": "if true then",
    "severity rises": "if false then",
    "late rows count": "",
    "a row as old as the present state counts": "or d.state_started_at > n.timestamp + interval '5 minutes'",
    "a changed monitor status counts": "",
    "after a cut the next sample is looked at": "",
    "somebody ends an incident by hand": "if false then",
    "the next failing sample starts another": "and m.timestamp >= not_before - interval '1 minute'",
    "a reopened incident stays open": "is_held := false;",
    "a split keeps the part that somebody worked on": "new.anchored_at := old.detected_at;",
    "of two that join the one worked on stays": "elsif (c.is_worked_on, c.from_time, c.incident_id)",
    "of two that join the older stays": (
        "elsif (not c.is_worked_on, -extract(epoch from c.from_time), c.incident_id)"
    ),
    "a late row is seen up to where all is settled": "least(a.to_time, s.settled_at),",
    "what settles is a recovery that counts": "select min(c.started_at) as settled_at",
    "the last incident is looked at again": "else greatest(l.detected_at, h.healthy_since)",
    "a failure counts after open_after": "if true or incident_engine.first_sample_in(",
    "a failure that outlasts open_after counts from its start": (
        "failure.detected_at + policy.open_after + interval '1 minute',"
    ),
    "a recovery counts after resolve_after": (
        "calm_after := greatest(interval '0', case when open.flapping_since is not null"
    ),
    "a failure soon after a recovery is the same incident": "follows := false",
    "reopen_within is exclusive": "and begins_at - open.resolved_at <= policy.reopen_within",
    "a closed incident is not reopened": "closed_at := null;",
    "while it flaps nothing is resolved": "calm_after := greatest(policy.resolve_after, case when false",
    "flapping starts at its percentage": (
        "and incident_engine.flapping_percent(changes) > policy.flapping_start_percent + 2"
    ),
    "flapping stops at its percentage": "changes, policy.flapping_start_percent,",
    "new changes weigh more than old ones": "57 * bit_count(changes) + 2 * (",
    "twenty intervals count": (
        "changes := (changes << 1 | b'00000000000000000001') & b'00111111111111111111';"
    ),
    "what flaps is looked at with every sample": (
        "when w.is_failing <> (i.incident_id is not null) then 'infinity'"
    ),
    "what does not count yet is looked at with every sample": (
        "when i.flapping_since is not null then 'infinity'"
    ),
    "a silence that ended unseen is found": (
        "select e.host_name, e.device_name, e.capture_folder, e.timestamp, e.timestamp as to_time "
        "from ended_unseen as e where false"
    ),
    "a silence that lasts is found": (
        "select l.host_name, l.device_name, l.capture_folder, l.timestamp, 'infinity' from lasting "
        "as l where false"
    ),
    "a silence leaves a slot empty": "slot constant interval := usual;",
    "a device shows its present state": "state_started_at = d.state_started_at,",
    "a correction is in the timeline": "false",
    "a rise of severity is in the timeline": (
        "(3, 'severity_changed', n.severity_since, o.severity, n.severity, false),"
    ),
    "an acknowledgement survives": "severity = d.severity, acknowledged_at = null, acknowledged_by = null,",
}
MARK = "  -- rule: "


@cache
def marked() -> dict[str, tuple[Path, int]]:
    """Rule -> the file and the number of the line that is marked with it."""
    found: dict[str, tuple[Path, int]] = {}
    for file in sorted((REPO / "functions").rglob("*.sql")):
        for number, line in enumerate(file.read_text().splitlines()):
            for rule in line.partition(MARK)[2].split("; ") if MARK in line else ():
                assert rule not in found, f"marked twice, in {file} line {number + 1}: {rule}"
                found[rule] = file, number
    return found


def broken(rule: str) -> str:
    """The file of the rule, with the rule broken."""
    file, number = marked()[rule]
    lines = file.read_text().splitlines()
    lines[number] = BROKEN[rule]
    return "\n".join(lines)


def test_each_rule_is_marked_where_it_is_kept() -> None:
    """Quick, so that a change of the file shows at once and not at night."""
    assert marked().keys() == BROKEN.keys(), "mark the line that keeps the rule now: -- rule: its name"


@pytest.mark.nightly
@pytest.mark.parametrize("server", server_names()[:1], indirect=True)
@pytest.mark.parametrize("rule", BROKEN)
def test_is_found(connection: psycopg.Connection[Any], rule: str) -> None:
    connection.execute(broken(rule))
    connection.commit()

    @settings(
        max_examples=200,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(scenario=scenarios(), seeds=seeds)
    def search(scenario: Scenario, seeds: list[int]) -> None:
        check(connection, scenario, seeds)

    with pytest.raises((AssertionError, psycopg.Error, ValueError)):
        for scenario in RARE.values():
            check(connection, scenario, seeds=[1, 2])
        search()
