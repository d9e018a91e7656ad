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
    """`old` stands in functions/engine/`file`.sql or functions/upkeep/`file`.sql, once or more."""

    file: str
    old: str
    new: str


MUTATIONS = {
    "silence that just reaches no_data_after counts": Mutation(
        "engine/sampled_states",
        "<= case when s.next_timestamp",
        "< case when s.next_timestamp",
    ),
    "no_data starts at the first missed sample": Mutation(
        "engine/sampled_states",
        "then least(s.timestamp + s.sample_interval, s.next_timestamp)",
        "then least(s.timestamp + s.no_data_after, s.next_timestamp)",
    ),
    "the most specific policy wins": Mutation(
        "engine/silence_policy", "order by r.specificity desc", "order by r.specificity"
    ),
    "unknown does not resolve": Mutation(
        "engine/component_state", "when c.status = 'active'", "when c.status in ('active', 'unknown')"
    ),
    "no_data does not resolve": Mutation(
        "engine/component_state", "when c.status = 'active'", "when c.status in ('active', 'no_data')"
    ),
    "unknown does not open": Mutation(
        "engine/component_state",
        "when c.status in ('stuck', 'stopped') then 'failing'",
        "when c.status in ('stuck', 'stopped', 'unknown') then 'failing'",
    ),
    "severity never falls": Mutation(
        "engine/stretches",
        "(array_agg(c.severity order by c.severity, c.started_at))[1] as severity",
        "(array_agg(c.severity order by c.started_at desc))[1] as severity",
    ),
    "severity rises": Mutation(
        "engine/stretches",
        "(array_agg(c.severity order by c.severity, c.started_at))[1] as severity",
        "(array_agg(c.severity order by c.started_at))[1] as severity",
    ),
    "late rows count": Mutation(
        "engine/on_device_metrics_insert", "or d.state_started_at >= n.timestamp", ""
    ),
    "a row as old as the present state counts": Mutation(
        "engine/on_device_metrics_insert",
        "d.state_started_at >= n.timestamp",
        "d.state_started_at > n.timestamp + interval '5 minutes'",
    ),
    "a changed monitor status counts": Mutation(
        "engine/on_device_metrics_insert", "or d.monitor_status <> n.monitor_status", ""
    ),
    "after a cut the next sample is looked at": Mutation(
        "engine/on_device_metrics_insert", "or d.attention_until >= n.timestamp", ""
    ),
    "a cut ends an incident": Mutation("engine/stretches", "cut.action = 'cut'", "cut.action = 'none'"),
    "the next failing sample starts another": Mutation(
        "engine/first_sample_in",
        "m.timestamp >= not_before",
        "m.timestamp >= not_before - interval '1 minute'",
    ),
    "a reopened incident stays open": Mutation("engine/recovery", "h.action = 'hold'", "h.action = 'none'"),
    "a split keeps the first part": Mutation(
        "engine/match_incidents",
        "order by t.started_at\n                limit 1",
        "order by t.started_at desc\n                limit 1",
    ),
    "two that join become the older": Mutation(
        "engine/match_incidents",
        "order by c.detected_at, c.incident_id",
        "order by c.detected_at desc, c.incident_id desc",
    ),
    "a late row is seen up to the next recovery": Mutation(
        "engine/incident_windows", "select greatest(h.started_at, r.to_time)", "select r.to_time"
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
        "engine/update_devices", "state_started_at = s.started_at", "state_started_at = d.state_started_at"
    ),
    "a correction is in the timeline": Mutation(
        "engine/after_incident_update", "n.resolved_at <> o.resolved_at", "false"
    ),
    "a rise of severity is in the timeline": Mutation(
        "engine/after_incident_update", "n.severity <> o.severity)", "false)"
    ),
    "an acknowledgement survives": Mutation(
        "engine/update_incidents",
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
