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
        "history/sampled_states",
        "<= case when s.next_timestamp",
        "< case when s.next_timestamp",
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
        "incidents/stretches",
        "(array_agg(c.severity order by c.severity, c.started_at))[1] as severity",
        "(array_agg(c.severity order by c.started_at desc))[1] as severity",
    ),
    "severity rises": Mutation(
        "incidents/stretches",
        "(array_agg(c.severity order by c.severity, c.started_at))[1] as severity",
        "(array_agg(c.severity order by c.started_at))[1] as severity",
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
        "ingest/on_device_metrics_insert", "or d.attention_until >= n.timestamp", ""
    ),
    "a cut ends an incident": Mutation("incidents/stretches", "a.action = 'cut'", "a.action = 'none'"),
    "the next failing sample starts another": Mutation(
        "history/first_sample_in",
        "m.timestamp >= not_before",
        "m.timestamp >= not_before - interval '1 minute'",
    ),
    "a reopened incident stays open": Mutation(
        "incidents/recovers", "a.action = 'hold'", "a.action = 'none'"
    ),
    "a split keeps the part that somebody worked on": Mutation(
        "lifecycle/before_incident_write",
        "when old.acted_at is null and writer = 'engine'",
        "when writer = 'engine'",
    ),
    "of two that join the one worked on stays": Mutation(
        "incidents/match_incidents", "order by not c.is_worked_on, c.moment", "order by c.moment"
    ),
    "of two that join the older stays": Mutation(
        "incidents/match_incidents",
        "order by not c.is_worked_on, c.moment, c.incident_id",
        "order by not c.is_worked_on, c.moment desc, c.incident_id desc",
    ),
    "a late row is seen up to where all is settled": Mutation(
        "incidents/incident_windows",
        "when r.to_time < 'infinity' then coalesce(",
        "when true then coalesce(r.to_time,",
    ),
    "what settles is a recovery that counts": Mutation(
        "incidents/settled_before_failure",
        "spell.started_at - healthy_since >= resolve_after + reopen_within",
        "true",
    ),
    "the last incident is looked at again": Mutation(
        "incidents/incident_windows",
        "else r.last_detected_at",
        "else greatest(r.last_detected_at, r.healthy_since)",
    ),
    "a failure counts after open_after": Mutation(
        "incidents/stretches", "b.open_after = interval '0'", "true"
    ),
    "a failure that outlasts open_after counts from its start": Mutation(
        "incidents/stretches",
        "b.started_at + b.open_after,",
        "b.started_at + b.open_after + interval '1 minute',",
    ),
    "a recovery counts after resolve_after": Mutation(
        "incidents/recovers", "least(recovers.started_at + resolve_after", "least(recovers.started_at"
    ),
    "a failure soon after a recovery is the same incident": Mutation(
        "incidents/stretches", "w.started_at - w.previous_ended_at < w.reopen_within", "false"
    ),
    "reopen_within is exclusive": Mutation(
        "incidents/stretches",
        "w.started_at - w.previous_ended_at < w.reopen_within",
        "w.started_at - w.previous_ended_at <= w.reopen_within",
    ),
    "a closed incident is not reopened": Mutation(
        "incidents/stretches", "a.action = 'seal'", "a.action = 'none'"
    ),
    "while it flaps nothing is resolved": Mutation(
        "incidents/recovers",
        "coalesce(range_agg(tstzrange(f.started_at, f.ended_at)), '{}')",
        "'{}'::tstzmultirange",
    ),
    "flapping starts at its percentage": Mutation(
        "incidents/flapping_episodes",
        "when s.percent >= policy.flapping_start_percent",
        "when s.percent > policy.flapping_start_percent + 2",
    ),
    "flapping stops at its percentage": Mutation(
        "incidents/flapping_episodes",
        "when s.percent <= policy.flapping_stop_percent",
        "when s.percent <= policy.flapping_start_percent",
    ),
    "new changes weigh more than old ones": Mutation(
        "incidents/flapping_episodes",
        "- sum(c.change * c.number) over latest)",
        "- c.number * sum(c.change) over latest)",
    ),
    "twenty intervals count": Mutation(
        "incidents/flapping_episodes", "range between 19 preceding", "range between 17 preceding"
    ),
    "what flaps is looked at with every sample": Mutation(
        "incidents/update_attention",
        "f.ended_at >= n.state_started_at then f.ended_at",
        "false then f.ended_at",
    ),
    "what does not count yet is looked at with every sample": Mutation(
        "incidents/update_attention", "when c.is_failing <> (i.incident_id is not null)", "when false"
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
        "severity = s.severity,",
        "severity = s.severity, acknowledged_at = null, acknowledged_by = null,",
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
