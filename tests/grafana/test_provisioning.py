"""Provisioning files are free of known traps, and the linter finds each of them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.grafana import provisioning

Json = dict[str, Any]
SOURCE, PROVIDER = "datasources/pg_incident.yaml", "dashboards/pg_incident.yaml"
EMAIL, RULES = "alerting/contact-point-email.yaml", "alerting/rules.yaml"


def test_the_files_are_sound() -> None:
    assert provisioning.problems(provisioning.files()) == []


def test_there_is_a_file_for_each_channel_and_one_contact_point() -> None:
    points = [point for one in provisioning.files().values() for point in one.get("contactPoints", [])]
    assert [receiver["type"] for point in points for receiver in point["receivers"]] == [
        "email",
        "slack",
        "webhook",
    ]
    assert {point["name"] for point in points} == {"pg_incident"}


def test_the_policy_is_an_example_and_routes_to_the_contact_point() -> None:
    file = Path(provisioning.PROVISIONING.parent, "examples/notification-policy.yaml")
    [policy] = yaml.safe_load(file.read_text())["policies"]
    assert policy["routes"][0]["receiver"] == "pg_incident"


def rule(tree: dict[str, Json]) -> Json:
    return tree[RULES]["groups"][0]["rules"][0]


def source(tree: dict[str, Json]) -> Json:
    return tree[SOURCE]["datasources"][0]


def receiver(tree: dict[str, Json]) -> Json:
    return tree[EMAIL]["contactPoints"][0]["receivers"][0]


def group(tree: dict[str, Json]) -> Json:
    return tree[RULES]["groups"][0]


MUTATIONS: dict[str, tuple[Callable[[dict[str, Json]], Any], str]] = {
    "no apiVersion": (lambda t: t[SOURCE].pop("apiVersion"), "apiVersion"),
    "another uid of the data source": (lambda t: source(t).update(uid="pg"), "dashboards ask for"),
    "the old type of the data source": (lambda t: source(t).update(type="postgres"), "dashboards ask for"),
    "database outside jsonData": (lambda t: source(t).update(database="x"), "belongs into jsonData"),
    "no database": (lambda t: source(t)["jsonData"].pop("database"), "jsonData.database"),
    "a password in the file": (lambda t: source(t)["secureJsonData"].update(password="x"), "environment"),
    "no password": (lambda t: source(t).pop("secureJsonData"), "secureJsonData"),
    "no path": (lambda t: t[PROVIDER]["providers"][0].pop("options"), "a path"),
    "an address in the file": (lambda t: receiver(t)["settings"].update(addresses="a@b.c"), "environment"),
    "no address": (lambda t: receiver(t)["settings"].pop("addresses"), "needs settings.addresses"),
    "no uid of the receiver": (lambda t: receiver(t).pop("uid"), "needs a uid"),
    "two channels in a file": (
        lambda t: t[EMAIL]["contactPoints"][0]["receivers"].append(receiver(t)),
        "one channel a file",
    ),
    "a policy tree": (lambda t: t[EMAIL].update(policies=[]), "whole tree"),
    "interval of 15 s": (lambda t: group(t).update(interval="15s"), "multiple of 10"),
    "no interval": (lambda t: group(t).pop("interval"), "multiple of 10"),
    "no folder": (lambda t: group(t).pop("folder"), "folder is missing"),
    "a misspelt key": (lambda t: rule(t).update(noDataSate="OK"), "unknown keys"),
    "a long uid": (lambda t: rule(t).update(uid="x" * 41), "40 letters"),
    "one uid twice": (lambda t: rule(t).update(uid="pg-incident-engine"), "one uid"),
    "for in words": (lambda t: rule(t).update({"for": "five minutes"}), "no duration"),
    "noDataState Error": (lambda t: rule(t).update(noDataState="Error"), "noDataState"),
    "execErrState NoData": (lambda t: rule(t).update(execErrState="NoData"), "execErrState"),
    "a dollar in an annotation": (
        lambda t: rule(t)["annotations"].update(summary="{{ $labels.host }}"),
        "environment variable",
    ),
    "no summary": (lambda t: rule(t)["annotations"].pop("summary"), "no summary"),
    "group_by without alertname": (
        lambda t: rule(t)["notification_settings"].update(group_by=["host"]),
        "group_by",
    ),
    "unknown contact point": (
        lambda t: rule(t)["notification_settings"].update(receiver="pager"),
        "does not start",
    ),
    "a panel that is not there": (lambda t: rule(t).update(panelId=99), "no panel"),
    "condition without a query": (lambda t: rule(t).update(condition="D"), "names no query"),
    "condition on the reduction": (lambda t: rule(t).update(condition="B"), "is a threshold"),
    "time range the wrong way": (
        lambda t: rule(t)["data"][0]["relativeTimeRange"].update({"from": 0, "to": 600}),
        "more than to",
    ),
    "time series": (lambda t: rule(t)["data"][0]["model"].update(format="time_series"), "format table"),
    "expression on nothing": (lambda t: rule(t)["data"][1]["model"].update(expression="Z"), "no query"),
    "a dashboard's variable": (
        lambda t: rule(t)["data"][0]["model"].update(rawSql="select 1 where 'a' in ($host)"),
        "no variables",
    ),
    "an alert that acts": (
        lambda t: rule(t)["data"][0]["model"].update(rawSql="select incident.acknowledge(1)"),
        "only reads",
    ),
    "another data source in a rule": (
        lambda t: rule(t)["data"][0].update(datasourceUid="x"),
        "unknown data source",
    ),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_trap_is_found(name: str) -> None:
    change, complaint = MUTATIONS[name]
    tree = copy.deepcopy(provisioning.files())
    change(tree)
    found = provisioning.problems(tree)
    assert any(complaint in one for one in found), found
