"""Every alert rule on data that must fire and on data that must not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.grafana import fleet, provisioning
from tests.grafana.alerts import Instance, RuleError, evaluate
from tests.grafana.conftest import Grafana
from tests.grafana.expansion import View, expand
from tests.grafana.fleet import Spell
from tests.grafana.frames import Field, Frame, run, viewer
from tests.support.servers import Database

Json = dict[str, Any]
RULES = {rule["uid"].removeprefix("pg-incident-"): rule for rule in provisioning.rules(provisioning.files())}
DEVICE = ("host-1", "Device 1", "capture1")
OTHER = ("o'brien", "Device 2", "capture2")


def ask(database: Database, name: str) -> list[Instance]:
    """Evaluate a rule as Grafana's login."""
    rule = RULES[name]
    now = datetime(2026, 3, 2)  # no macro in an alert asks for it
    query = expand(rule["data"][0]["model"]["rawSql"], [], View(now, now))
    with viewer(database.url) as connection:
        return evaluate(rule, run(connection, query))


def firing(database: Database, name: str) -> list[dict[str, str]]:
    return [one.labels for one in ask(database, name) if one.firing]


def send(database: Database, devices: fleet.Devices, minutes: int = 90) -> psycopg.Connection[Any]:
    connection = database.connect()
    fleet.fill(connection, devices, minutes, host_rows=False)
    return connection


def number(connection: psycopg.Connection[Any]) -> int:
    [incident] = connection.execute("select max(incident_id) from system_incident").fetchone() or [0]
    return int(incident)


@pytest.mark.parametrize("name", RULES)
def test_every_rule_can_be_evaluated_on_an_empty_and_on_a_busy_database(
    name: str, empty: Grafana, busy: Grafana
) -> None:
    assert not [one for one in ask(empty.database, name) if one.firing and name != "engine"]
    ask(busy.database, name)


def test_the_rules_and_what_they_do_without_data_and_on_errors() -> None:
    """Rows of breaches only: no row is good. An error is one alert, the engine's."""
    assert {name: (one["noDataState"], one["execErrState"]) for name, one in RULES.items()} == {
        "critical": ("OK", "KeepLast"),
        "unacknowledged": ("OK", "KeepLast"),
        "host-silent": ("OK", "KeepLast"),
        "engine": ("Alerting", "Alerting"),
        "budget": ("OK", "KeepLast"),
    }


# Critical incident


def test_a_critical_incident_fires_with_labels_to_route_by(database: Database) -> None:
    with send(database, {DEVICE: [], OTHER: [Spell(2, 3, "stopped")]}) as connection:
        incident = number(connection)
    assert firing(database, "critical") == [
        {
            "incident": str(incident),
            "host": "o'brien",
            "device": "Device 2",
            "folder": "capture2",
            "component": "ffmpeg",
            "severity": "critical",
        }
    ]


def test_what_is_not_critical_or_over_or_planned_does_not(database: Database) -> None:
    spells = {DEVICE: [Spell(20, 21, "stuck")], OTHER: [Spell(20, 10, "stopped")]}
    send(database, spells).close()
    assert ask(database, "critical") == []
    third = ("host-3", "Device 3", "capture3")
    with send(database, {third: [Spell(5, 6, "stopped")]}) as connection:
        assert len(firing(database, "critical")) == 1
        connection.execute(
            "select incident.add_maintenance('host-3', now() - interval '1 h', now() + interval '1 h', 'x')"
        )
        assert ask(database, "critical") == []


# Unacknowledged


@pytest.mark.parametrize(
    ("status", "minutes", "fires"),
    [("stopped", 14, False), ("stopped", 16, True), ("stuck", 16, False), ("stuck", 61, True)],
)
def test_patience_depends_on_the_severity(database: Database, status: str, minutes: int, fires: bool) -> None:
    send(database, {DEVICE: [Spell(minutes, minutes + 1, status)]}).close()
    found = ask(database, "unacknowledged")
    assert [one.firing for one in found] == ([True] if fires else [])
    assert not found or found[0].value >= minutes


def test_an_acknowledged_incident_waits_for_nobody(database: Database) -> None:
    with send(database, {DEVICE: [Spell(30, 31, "stopped")]}) as connection:
        assert len(firing(database, "unacknowledged")) == 1
        connection.execute("select incident.acknowledge(%s)", [number(connection)])
    assert ask(database, "unacknowledged") == []


# Host silent


def test_a_host_is_silent_when_all_its_devices_are(database: Database) -> None:
    second = ("host-1", "Device 2", "capture2")
    silent = ("o'brien", "Device 3", "capture3")
    send(
        database,
        {DEVICE: [Spell(10, 11, "-")], second: [], OTHER: [Spell(9, 10, "-")], silent: [Spell(8, 9, "-")]},
    ).close()
    assert [one["host"] for one in firing(database, "host-silent")] == ["o'brien"]
    assert firing(database, "critical") == [], "one alert for one host"


def test_a_host_in_maintenance_may_be_silent(database: Database) -> None:
    with send(database, {DEVICE: [Spell(10, 11, "-")]}) as connection:
        assert firing(database, "host-silent") == [
            {"host": "host-1", "incident": str(number(connection)), "severity": "critical"}
        ]
        connection.execute(
            "select incident.add_maintenance('host-1', now() - interval '5 min', now() + interval '1 h', 'x')"
        )
    assert firing(database, "host-silent") == []


def test_two_missed_samples_are_no_silence_yet(database: Database) -> None:
    send(database, {DEVICE: [Spell(1, 2, "-")]}).close()
    assert firing(database, "host-silent") == []


# Error budget


def test_a_budget_burns_fast_when_both_windows_say_so(database: Database) -> None:
    send(database, {DEVICE: [Spell(50, 50, "stopped")], OTHER: []}, minutes=360).close()
    paces = {(one["host"], one["pace"], one["severity"]) for one in firing(database, "budget")}
    assert paces == {
        ("host-1", "fast", "critical"),
        ("host-1", "medium", "critical"),
        ("host-1", "slow", "high"),
    }


def test_what_is_over_burns_no_longer(database: Database) -> None:
    send(database, {DEVICE: [Spell(300, 50, "stopped")]}, minutes=360).close()
    assert {one["pace"] for one in firing(database, "budget")} == {"slow"}


def test_a_young_device_does_not_burn_for_the_days_before_it_was_there(database: Database) -> None:
    """Ten minutes old and five of them down: 50 in the hour, 5 in 3 days times nothing of the rest."""
    send(database, {DEVICE: [Spell(5, 2, "stopped")]}, minutes=10).close()
    assert firing(database, "budget") == []


def test_a_target_of_100_burns_as_soon_as_anything_is_lost(database: Database) -> None:
    with database.connect() as connection:
        connection.execute("select incident.set_policy(sla_target => 100)")
    send(database, {DEVICE: [Spell(2, 2, "stopped")], OTHER: []}, minutes=60).close()
    assert {(one["device"], one["pace"]) for one in firing(database, "budget")} == {
        (DEVICE[1], "fast"),
        (DEVICE[1], "medium"),
        (DEVICE[1], "slow"),
    }


# Engine


def test_the_engine_is_unhealthy_without_sweeps_or_with_errors(database: Database) -> None:
    assert [one.firing for one in ask(database, "engine")] == [True]
    with database.connect() as connection:
        connection.execute("select incident.sweep()")
        assert [one.firing for one in ask(database, "engine")] == [False]
        connection.execute(
            "insert into incident_engine.error (host_name, sqlstate, message, touched)"
            " values ('host-1', 'XX000', 'broken', '[]')"
        )
        assert [one.firing for one in ask(database, "engine")] == [True]
        connection.execute("update incident_engine.error set repaired_at = now()")
        connection.execute(
            "update incident_engine.sweep_state set swept_to = %s",
            [datetime.now().astimezone() - timedelta(minutes=9)],
        )
    assert [one.firing for one in ask(database, "engine")] == [True]


# What Grafana would not evaluate


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ([Field("host", "text", ["a"])], "exactly one column of numbers"),
        ([Field("a", "number", [1]), Field("b", "number", [1])], "exactly one column of numbers"),
        ([Field("a", "number", [1]), Field("t", "time", [datetime(2026, 3, 2)])], "neither number nor text"),
        ([Field("a", "number", [1]), Field("b", "boolean", [True])], "neither number nor text"),
        ([Field("a", "number", [1, 2]), Field("host", "text", ["x", "x"])], "the same labels"),
        ([Field("a", "number", [None]), Field("host", "text", ["x"])], "is null"),
    ],
)
def test_a_result_that_cannot_be_evaluated_is_rejected(fields: list[Field], complaint: str) -> None:
    with pytest.raises(RuleError, match=complaint):
        evaluate(RULES["critical"], Frame(fields))
