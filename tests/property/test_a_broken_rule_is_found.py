"""The property test finds a broken rule: each is broken in a copy of its file, and the test must fail."""

from __future__ import annotations

from typing import Any, NamedTuple

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from db.embedded import REPO
from tests.property.replay import check
from tests.property.scenarios import RARE, Scenario, scenarios
from tests.property.test_incidents_are_a_function_of_the_samples import seeds
from tests.support.servers import server_names


class Mutation(NamedTuple):
    """`old` stands in functions/`file`.sql, once or more."""

    file: str
    old: str
    new: str


MUTATIONS = {
    "silence that just reaches no_data_after counts": Mutation(
        "history/sampled_states", "<= case when s.next_timestamp", "< case when s.next_timestamp"
    ),
    "no_data starts at the first missed sample": Mutation(
        "history/sampled_states",
        "then least(s.timestamp + s.sample_interval, s.next_timestamp)",
        "then least(s.timestamp + s.no_data_after, s.next_timestamp)",
    ),
    "the most specific policy wins": Mutation(
        "policy/silence_policy", "order by r.specificity desc", "order by r.specificity"
    ),
    "unknown does not resolve": Mutation(
        "incidents/component_state",
        "when s.ffmpeg_status = 'active'",
        "when s.ffmpeg_status in ('active', 'unknown')",
    ),
    "no_data does not resolve": Mutation(
        "incidents/component_state",
        "when s.ffmpeg_status = 'active'",
        "when s.ffmpeg_status in ('active', 'no_data')",
    ),
    "unknown does not open": Mutation(
        "incidents/component_state",
        "when s.ffmpeg_status in ('stuck', 'stopped') then 'failing'",
        "when s.ffmpeg_status in ('stuck', 'stopped', 'unknown') then 'failing'",
    ),
    "severity never falls": Mutation(
        "incidents/derive_incidents",
        "                    if severity < open.severity then",
        "                    if true then",
    ),
    "severity rises": Mutation(
        "incidents/derive_incidents",
        "                    if severity < open.severity then",
        "                    if false then",
    ),
    "late rows count": Mutation(
        "ingest/on_device_metrics_insert", "or d.state_started_at >= n.timestamp", ""
    ),
    "a row as old as the present state counts": Mutation(
        "ingest/on_device_metrics_insert",
        "d.state_started_at >= n.timestamp",
        "d.state_started_at > n.timestamp + interval '5 minutes'",
    ),
    "a changed monitor status counts": Mutation(
        "ingest/on_device_metrics_insert", "or d.monitor_status <> n.monitor_status", ""
    ),
    "after a cut the next sample is looked at": Mutation(
        "ingest/on_device_metrics_insert", "or d.recheck_until >= n.timestamp", ""
    ),
    "somebody ends an incident by hand": Mutation(
        "incidents/derive_incidents",
        "                if failing and open.resolved_at = 'infinity' then",
        "                if false then",
    ),
    "the next failing sample starts another": Mutation(
        "history/first_sample_in",
        "m.timestamp >= not_before",
        "m.timestamp >= not_before - interval '1 minute'",
    ),
    "a reopened incident stays open": Mutation(
        "incidents/derive_incidents", "is_held := true", "is_held := false"
    ),
    "a split keeps the part that somebody worked on": Mutation(
        "lifecycle/before_incident_write",
        "new.anchored_at := greatest(old.detected_at, least(new.acted_at, old.resolved_at))",
        "new.anchored_at := old.detected_at",
    ),
    "of two that join the one worked on stays": Mutation(
        "incidents/match_incidents",
        "(not c.is_worked_on, c.from_time, c.incident_id)",
        "(c.is_worked_on, c.from_time, c.incident_id)",
    ),
    "of two that join the older stays": Mutation(
        "incidents/match_incidents",
        "c.from_time, c.incident_id)\n                <",
        "-extract(epoch from c.from_time), c.incident_id)\n                <",
    ),
    "a late row is seen up to where all is settled": Mutation(
        "incidents/affected_spans", "coalesce(s.settled_at, 'infinity')", "least(a.to_time, s.settled_at)"
    ),
    "what settles is a recovery that counts": Mutation(
        "incidents/affected_spans",
        "select min(c.started_at) + t.long_enough as settled_at",
        "select min(c.started_at) as settled_at",
    ),
    "the last incident is looked at again": Mutation(
        "incidents/affected_spans", "else l.detected_at", "else greatest(l.detected_at, h.healthy_since)"
    ),
    "a failure counts after open_after": Mutation(
        "incidents/derive_incidents", "policy.open_after = interval '0' or", "true or"
    ),
    "a failure that outlasts open_after counts from its start": Mutation(
        "incidents/derive_incidents",
        "failure.detected_at + policy.open_after,",
        "failure.detected_at + policy.open_after + interval '1 minute',",
    ),
    "a recovery counts after resolve_after": Mutation(
        "incidents/derive_incidents", "greatest(policy.resolve_after, case", "greatest(interval '0', case"
    ),
    "a failure soon after a recovery is the same incident": Mutation(
        "incidents/derive_incidents", "follows := has_recovered", "follows := false"
    ),
    "reopen_within is exclusive": Mutation(
        "incidents/derive_incidents", "< policy.reopen_within", "<= policy.reopen_within"
    ),
    "a closed incident is not reopened": Mutation(
        "incidents/derive_incidents", "closed_at := e.at", "closed_at := null"
    ),
    "while it flaps nothing is resolved": Mutation(
        "incidents/derive_incidents", "case when open.flapping_since is not null\n", "case when false\n"
    ),
    "flapping starts at its percentage": Mutation(
        "incidents/derive_incidents",
        ">= policy.flapping_start_percent\n                then",
        "> policy.flapping_start_percent + 2\n                then",
    ),
    "flapping stops at its percentage": Mutation(
        "incidents/derive_incidents",
        "intervals_to_calm(changes, policy.flapping_stop_percent) * policy.sample_interval\n            end",
        "intervals_to_calm(changes, policy.flapping_start_percent) * policy.sample_interval\n            end",
    ),
    "new changes weigh more than old ones": Mutation(
        "incidents/flapping_percent", "95 * bit_count(changes) - 2 * (", "57 * bit_count(changes) + 2 * ("
    ),
    "twenty intervals count": Mutation(
        "incidents/derive_incidents",
        "changes := changes << 1 | b'00000000000000000001'",
        "changes := (changes << 1 | b'00000000000000000001') & b'00111111111111111111'",
    ),
    "what flaps is looked at with every sample": Mutation(
        "incidents/update_recheck", "or i.flapping_since is not null", ""
    ),
    "what does not count yet is looked at with every sample": Mutation(
        "incidents/update_recheck",
        "when w.is_failing <> (i.incident_id is not null) or i.flapping_since is not null",
        "when i.flapping_since is not null",
    ),
    "a silence that ended unseen is found": Mutation(
        "upkeep/find_silence", "from ended_unseen as e", "from ended_unseen as e where false"
    ),
    "a silence that lasts is found": Mutation(
        "upkeep/find_silence", "from lasting as l", "from lasting as l where false"
    ),
    "a silence leaves a slot empty": Mutation(
        "upkeep/find_silence", "interval := usual / 2", "interval := usual"
    ),
    "a device shows its present state": Mutation(
        "history/update_devices", "state_started_at = s.started_at", "state_started_at = d.state_started_at"
    ),
    "a correction is in the timeline": Mutation(
        "lifecycle/after_incident_update", "n.resolved_at <> o.resolved_at", "false"
    ),
    "a rise of severity is in the timeline": Mutation(
        "lifecycle/after_incident_update", "n.severity <> o.severity)", "false)"
    ),
    "an acknowledgement survives": Mutation(
        "incidents/update_incidents",
        "severity = d.severity,",
        "severity = d.severity, acknowledged_at = null, acknowledged_by = null,",
    ),
}


@pytest.mark.parametrize("rule", MUTATIONS)
def test_is_where_it_is_looked_for(rule: str) -> None:
    """Quick, so that a change of the file shows at once and not at night."""
    file, old, _ = MUTATIONS[rule]
    assert old in (REPO / f"functions/{file}.sql").read_text()


@pytest.mark.nightly
@pytest.mark.parametrize("server", server_names()[:1], indirect=True)
@pytest.mark.parametrize("rule", MUTATIONS)
def test_is_found(connection: psycopg.Connection[Any], rule: str) -> None:
    file, old, new = MUTATIONS[rule]
    content = (REPO / f"functions/{file}.sql").read_text()
    connection.execute(content.replace(old, new))
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
