"""What is wrong with provisioning files: traps that stop Grafana, lose alerts, or publish a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.grafana.checks import DATA_SOURCE, committed, query_problems

PROVISIONING = Path(__file__).parents[2] / "grafana/provisioning"
Json = dict[str, Any]

NO_DATA_STATES = {"Alerting", "NoData", "OK", "KeepLast"}
ERROR_STATES = {"Alerting", "Error", "OK", "KeepLast"}
DURATION = re.compile(r"(\d+)(s|m|h|d)")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
REQUIRED = {"email": "addresses", "slack": "url", "webhook": "url"}
SECRET = re.compile(r"(?i)password|token|secret|url|addresses")
RULE_KEYS = {
    *("uid", "title", "condition", "for", "noDataState", "execErrState", "dashboardUid", "panelId"),
    *("labels", "annotations", "notification_settings", "data", "keepFiringFor", "isPaused"),
}


def files() -> dict[str, Json]:
    """The committed files, parsed, by their path."""
    return {
        file.relative_to(PROVISIONING).as_posix(): yaml.safe_load(file.read_text())
        for file in sorted(PROVISIONING.rglob("*.yaml"))
    }


def problems(tree: dict[str, Json]) -> list[str]:
    found = []
    for name, one in tree.items():
        kind = name.split("/")[0]
        check = {"datasources": datasource, "dashboards": provider, "alerting": alerting}[kind]
        if one.get("apiVersion") != 1:
            found.append(f"{name}: apiVersion must be 1")
        found += [f"{name}: {problem}" for problem in check(one)]
    points = [point["name"] for one in tree.values() for point in one.get("contactPoints", [])]
    for rule in rules(tree):
        if rule.get("notification_settings", {}).get("receiver") not in points:
            found.append(f"{rule['title']}: its contact point is in no file, so Grafana does not start")
    uids = [rule["uid"] for rule in rules(tree)]
    if len(uids) != len(set(uids)):
        found.append(f"two rules have one uid: {uids}")
    return found


def rules(tree: dict[str, Json]) -> list[Json]:
    return [rule for one in tree.values() for group in one.get("groups", []) for rule in group["rules"]]


def values(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value in a file, with the keys that lead to it."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from values(value, f"{path}/{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from values(value, f"{path}/{number}")
    else:
        yield path, node


def datasource(one: Json) -> Iterator[str]:
    for source in one["datasources"]:
        if {"type": source["type"], "uid": source.get("uid")} != DATA_SOURCE:
            yield f"the dashboards ask for {DATA_SOURCE}, not {source['type']} {source.get('uid')}"
        settings = source.get("jsonData", {})
        for key in ("database", "sslmode", "postgresVersion"):
            if key not in settings:
                yield f"jsonData.{key} is missing"
        if "database" in source or "password" in source:
            yield "database belongs into jsonData, password into secureJsonData"
        if "password" not in source.get("secureJsonData", {}):
            yield "secureJsonData.password is missing"
    yield from secrets(one)


def provider(one: Json) -> Iterator[str]:
    for source in one["providers"]:
        if source.get("type") != "file" or "path" not in source.get("options", {}):
            yield "a provider of dashboards has type file and a path"


def secrets(one: Json) -> Iterator[str]:
    for path, value in values(one):
        key = path.rsplit("/", 1)[-1]
        if SECRET.fullmatch(key) and not re.fullmatch(r"\$\{[A-Z_]+\}", str(value)):
            yield f"{path} comes from the environment: ${{NAME}}, whole"


def alerting(one: Json) -> Iterator[str]:
    if "policies" in one or "resetPolicies" in one:
        yield "policies replace the whole tree of the organisation: an example at most"
    for point in one.get("contactPoints", []):
        if len(point["receivers"]) != 1:
            yield "one channel a file: an unset variable stops Grafana"
        for receiver in point["receivers"]:
            if not receiver.get("uid"):
                yield "a receiver needs a uid"
            if REQUIRED[receiver["type"]] not in receiver.get("settings", {}):
                yield f"{receiver['type']} needs settings.{REQUIRED[receiver['type']]}"
    if "contactPoints" in one:
        yield from secrets(one)
    for group in one.get("groups", []):
        yield from (f"group {group['name']}: {problem}" for problem in group_problems(group))


def seconds(text: str) -> int | None:
    match = DURATION.fullmatch(str(text))
    return int(match[1]) * SECONDS[match[2]] if match else None


def group_problems(group: Json) -> Iterator[str]:
    interval = seconds(group.get("interval", ""))
    if not interval or interval % 10:
        yield f"interval {group.get('interval')} is not a multiple of 10 s: Grafana exits at start"
    for key in ("name", "folder"):
        if not group.get(key):
            yield f"{key} is missing"
    for rule in group["rules"]:
        yield from (f"{rule['title']}: {problem}" for problem in rule_problems(rule))


def rule_problems(rule: Json) -> Iterator[str]:
    if unknown := set(rule) - RULE_KEYS:
        yield f"unknown keys {unknown}"
    if not re.fullmatch(r"[\w-]{1,40}", rule.get("uid", "")):
        yield "a uid has up to 40 letters, digits, - and _"
    if seconds(rule.get("for", "")) is None:
        yield f"for {rule.get('for')} is no duration"
    if rule.get("noDataState") not in NO_DATA_STATES:
        yield f"noDataState {rule.get('noDataState')} is not one of {sorted(NO_DATA_STATES)}"
    if rule.get("execErrState") not in ERROR_STATES:
        yield f"execErrState {rule.get('execErrState')} is not one of {sorted(ERROR_STATES)}"
    for path, value in [*values(rule["labels"]), *values(rule["annotations"])]:
        if "$" in str(value):
            yield f"{path}: a $ is taken for an environment variable; write {{{{ .Labels.host }}}}"
    if not rule["annotations"].get("summary"):
        yield "no summary"
    settings = rule.get("notification_settings", {})
    if not {"alertname", "grafana_folder"} <= set(settings.get("group_by", [])):
        yield "group_by must hold alertname and grafana_folder"
    yield from points_to(rule)
    yield from data_problems(rule)


def points_to(rule: Json) -> Iterator[str]:
    dashboard = committed().get(rule.get("dashboardUid", ""))
    if not dashboard or rule.get("panelId") not in [panel["id"] for panel in dashboard["panels"]]:
        yield f"points to no panel: {rule.get('dashboardUid')} {rule.get('panelId')}"


def data_problems(rule: Json) -> Iterator[str]:
    by_ref = {one["refId"]: one for one in rule["data"]}
    if len(by_ref) != len(rule["data"]):
        yield "two queries have one refId"
    if rule["condition"] not in by_ref:
        yield f"condition {rule['condition']} names no query"
        return
    for ref, one in by_ref.items():
        model = one["model"]
        if model.get("refId") != ref:
            yield f"{ref}: refId inside the model differs"
        if one["datasourceUid"] == "__expr__":
            if model.get("expression") not in by_ref:
                yield f"{ref}: expression on {model.get('expression')}, which is no query"
            if model.get("type") not in ("reduce", "threshold"):
                yield f"{ref}: unknown expression {model.get('type')}"
            continue
        if one["datasourceUid"] != DATA_SOURCE["uid"]:
            yield f"{ref}: unknown data source {one['datasourceUid']}"
        span = one.get("relativeTimeRange", {})
        if not span.get("from", 0) > span.get("to", 0):
            yield f"{ref}: relativeTimeRange.from must be more than to"
        if model.get("format") != "table":
            yield f"{ref}: format table"
        if "$" in model["rawSql"]:
            yield f"{ref}: no variables and macros in an alert: a dashboard's are not there"
        yield from (f"{ref}: {problem}" for problem in query_problems(model["rawSql"], []))
    last = by_ref[rule["condition"]]["model"]
    if last.get("type") != "threshold":
        yield "the condition is a threshold"
