"""What is wrong with a dashboard, by Grafana's own types and by what its queries return."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from tests.grafana.expansion import VARIABLE, ExpansionError, View
from tests.grafana.frames import Frame, FrameError

HERE = Path(__file__).parent
DASHBOARDS = HERE.parents[1] / "grafana/dashboards"
DATA_SOURCE = {"type": "grafana-postgresql-datasource", "uid": "pg-incident"}

Json = dict[str, Any]
Run = Callable[[str, list[Json], View, str], Frame]  # SQL, variables, what is chosen, format

# What links and titles may name besides the dashboard's variables.
BUILT_IN = {"__url_time_range", "__value", "__data", "__field", "__from", "__to", "__all_variables"}
STRINGS = re.compile(r"'(?:[^']|'')*'")


@cache
def schema() -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(json.loads((HERE / "dashboard.schema.json").read_text()))


@cache
def units() -> frozenset[str]:
    return frozenset(json.loads((HERE / "units.json").read_text()))


@cache
def committed() -> dict[str, Json]:
    """The committed dashboards, by uid."""
    found = [json.loads(file.read_text()) for file in sorted(DASHBOARDS.glob("*.json"))]
    return {one["uid"]: one for one in found}


# Structure


def structure(dashboard: Json) -> Iterator[str]:
    """Against Grafana's types. They leave overrides open: each is tried in place of its panel's defaults."""
    tried = [dashboard]
    for panel in dashboard.get("panels", []):
        for override in panel.get("fieldConfig", {}).get("overrides", []):
            defaults: Json = {}
            for one in override["properties"]:
                if one["id"].startswith("custom."):
                    defaults.setdefault("custom", {})[one["id"].removeprefix("custom.")] = one["value"]
                else:
                    defaults[one["id"]] = one["value"]
            tried.append(
                dashboard | {"panels": [panel | {"fieldConfig": {"defaults": defaults, "overrides": []}}]}
            )
    for one in tried:
        yield from structure_errors(json.dumps(one))


@cache
def structure_errors(text: str) -> tuple[str, ...]:
    errors = [*schema().iter_errors(json.loads(text))]
    if not errors:
        return ()
    error = jsonschema.exceptions.best_match(errors)
    return (f"structure: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}",)


def layout(dashboard: Json) -> Iterator[str]:
    ids = [panel["id"] for panel in dashboard["panels"]]
    if len(ids) != len(set(ids)):
        yield f"layout: two panels have one id: {ids}"
    taken: dict[tuple[int, int], str] = {}
    for panel in dashboard["panels"]:
        place = panel["gridPos"]
        if place["x"] + place["w"] > 24:
            yield f"layout: {panel['title']} reaches beyond the right edge"
        for x in range(place["x"], place["x"] + place["w"]):
            for y in range(place["y"], place["y"] + place["h"]):
                if (x, y) in taken:
                    yield f"layout: {panel['title']} overlaps {taken[x, y]}"
                    return
                taken[x, y] = panel["title"]
    if dashboard["refresh"] not in dashboard["timepicker"]["refresh_intervals"]:
        yield f"layout: refresh {dashboard['refresh']} is not among the intervals offered, so it does not run"


# Queries


def targets(dashboard: Json) -> Iterator[tuple[str, Json]]:
    """Every query of panels and annotations, as (where, target)."""
    for panel in dashboard["panels"]:
        for one in panel.get("targets", []):
            yield panel["title"], one
    for annotation in dashboard["annotations"]["list"]:
        yield f"annotation {annotation['name']}", annotation["target"]


def query_problems(sql: str, variables: list[Json]) -> Iterator[str]:
    """What can be told from the text alone."""
    if re.search(r"--.*\$", sql):
        yield "a $ in a comment: older versions expand it there too"
    code = re.sub(r"--.*", "", sql)
    bare = STRINGS.sub("''", code)
    if ";" in bare:
        yield "a semicolon: one statement without its end"
    if not re.match(r"(?is)\s*(select|with)\b", code):
        yield "a query starts with select or with"
    if word := re.search(r"(?i)\b(insert|update|delete|truncate|acknowledge|resolve|sweep)\s*[\s(]", bare):
        yield f"a panel only reads: {word[1]}"
    if re.search(r"\$__\w+\([^)]*\(", code):
        yield "a call inside a macro: its arguments end at the first )"
    for one in variables:
        for use in re.finditer(rf"(.?.?.?.?)\$\{{?{one['name']}\b\}}?(.?)", code):
            before, after = use[1], use[2]
            if one.get("multi") or one.get("includeAll"):
                if not (before.endswith("in (") and after == ")"):
                    yield f"${one['name']} may be many values: write in (${one['name']})"
            elif not (before.endswith("'") and after == "'"):
                yield f"${one['name']} gets no quotes of its own: write '${one['name']}'"


def queries(dashboard: Json, run: Run, views: list[View]) -> Iterator[str]:
    variables = dashboard["templating"]["list"]
    for where, one in [
        *targets(dashboard),
        *((f"variable {v['name']}", {"rawSql": v["query"]} | v) for v in variables if v["type"] == "query"),
    ]:
        if one["datasource"] != DATA_SOURCE:
            yield f"query: {where}: unknown data source {one['datasource']}"
        yield from (f"query: {where}: {problem}" for problem in query_problems(one["rawSql"], variables))
        for view in views:
            try:
                frame = run(one["rawSql"], variables, view, one.get("format", "table"))
            except (ExpansionError, FrameError) as error:
                yield f"query: {where}: {error}"
                break
            except Exception as error:
                yield f"query: {where}: {type(error).__name__}: {error}"
                break
            yield from (f"query: {where}: {problem}" for problem in frame_problems(frame))


def frame_problems(frame: Frame) -> Iterator[str]:
    names = frame.names()
    if len(names) != len(set(names)):
        yield f"two columns have one name: {names}"
    for field in frame.fields:
        if field.kind == "other":
            yield f"column {field.name}: Grafana has no use for type {field.type}"


# What panels need


def fits(dashboard: Json, run: Run, view: View) -> Iterator[str]:
    """Columns, overrides, units, links: against what the queries return on a busy database."""
    variables = dashboard["templating"]["list"]
    for panel in dashboard["panels"]:
        title = panel["title"]
        yield from (f"text: {title}: {problem}" for problem in unknown_names(title, variables))
        if panel["type"] == "text":
            names = unknown_names(panel["options"]["content"], variables)
            yield from (f"text: {title}: {problem}" for problem in names)
            continue
        try:
            [one] = panel["targets"]
            frame = run(one["rawSql"], variables, view, one["format"])
        except Exception as error:
            yield f"fit: {title}: {type(error).__name__}: {error}"
            continue
        yield from (f"fit: {title}: {problem}" for problem in needs(panel, frame))
        yield from (f"fit: {title}: {problem}" for problem in field_problems(panel, frame, variables))
    for annotation in dashboard["annotations"]["list"]:
        frame = run(annotation["target"]["rawSql"], variables, view, "table")
        kinds = {field.name: field.kind for field in frame.fields}
        wanted = {"time": "time", "timeend": "time", "text": "text", "tags": "text"}
        if not {"time", "text"} <= kinds.keys() or not kinds.items() <= wanted.items():
            yield f"fit: annotation {annotation['name']}: columns {kinds}, wanted {wanted}"


def needs(panel: Json, frame: Frame) -> Iterator[str]:
    kinds = {field.name: field.kind for field in frame.fields}
    form = panel["targets"][0]["format"]
    match panel["type"]:
        case "stat":
            if len(frame) != 1:
                yield f"a stat wants one row, not {len(frame)}"
            if form != "table" or not set(kinds.values()) <= {"number", "text"}:
                yield f"a stat wants numbers or words: {kinds}"
        case "table":
            if form != "table":
                yield "a table wants format table"
        case "timeseries" | "status-history":
            if form != "time_series":
                yield "wants format time_series"
        case "state-timeline":
            if kinds.get("time") != "time" or "text" not in kinds.values():
                yield f"a state timeline wants a time and words: {kinds}"
            words = {
                value
                for field in frame.fields
                if field.name in ("state", "ffmpeg", "monitor")
                for value in field.values
            }
            known = set(panel["fieldConfig"]["defaults"]["mappings"][0]["options"])
            if not words <= known:
                yield f"states without a colour: {words - known}"
            for one in panel.get("transformations", []):
                if not set(one["options"]["fields"]) <= set(kinds):
                    yield f"{one['id']} names fields that are not there: {one['options']['fields']}"


def field_problems(panel: Json, frame: Frame, variables: list[Json]) -> Iterator[str]:
    defaults = panel["fieldConfig"]["defaults"]
    yield from unit_problems(defaults.get("unit"))
    names = set(frame.names())
    for override in panel["fieldConfig"]["overrides"]:
        name = override["matcher"]["options"]
        if name not in names and not named_by_data(panel, name):
            yield f"override for {name}, which is no column: {sorted(names)}"
            continue
        for one in override["properties"]:
            if one["id"] == "unit":
                yield from unit_problems(one["value"])
                if name in names and frame[name].kind != "number":
                    yield f"{name}: a unit for {frame[name].kind}"
            if one["id"] == "links":
                for link in one["value"]:
                    yield from link_problems(link, frame, variables)
    for part in re.findall(r"\$\{__field\.labels\.(\w+)\}", json.dumps(defaults)):
        partition = [one["options"]["fields"] for one in panel.get("transformations", [])]
        if [part] not in partition:
            yield f"label {part} comes from nowhere"


def named_by_data(panel: Json, name: str) -> bool:
    """A series named after a value: the override is for a word of the database that need not be there now."""
    [one] = panel["targets"]
    return one["format"] == "time_series" and " as metric" in one["rawSql"] and name in SEVERITIES


SEVERITIES = ("critical", "high", "medium", "low")


def unit_problems(unit: str | None) -> Iterator[str]:
    if unit is not None and unit not in units():
        yield f"unit {unit} is not known to Grafana"


def link_problems(link: Json, frame: Frame, variables: list[Json]) -> Iterator[str]:
    for name in re.findall(r"__data\.fields\.([^.:}]+)", link["url"] + link["title"]):
        if name not in frame.names():
            yield f"link to {link['url']}: no column {name}"
    yield from unknown_names(link["url"] + link["title"], variables)
    match = re.match(r"/d/([\w-]+)(?:/[\w-]*)?\?", link["url"])
    if not match or match[1] not in committed():
        yield f"link to no dashboard of ours: {link['url']}"
        return
    known = {one["name"] for one in committed()[match[1]]["templating"]["list"]}
    for name in re.findall(r"[?&]var-(\w+)=", link["url"]):
        if name not in known:
            yield f"link to {match[1]}, which has no variable {name}"


def unknown_names(text: str, variables: list[Json]) -> Iterator[str]:
    known = {one["name"] for one in variables} | BUILT_IN
    for match in VARIABLE.finditer(text):
        if (match[1] or match[2] or match[4]) not in known:
            yield f"{match[0]} is no variable of the dashboard"


def problems(dashboard: Json, run: Run, views: list[View], busy: View) -> list[str]:
    """All of it; what the queries return is looked at only if the structure is sound."""
    found = [*structure(dashboard)]
    if not found:
        found = [*layout(dashboard), *queries(dashboard, run, views), *fits(dashboard, run, busy)]
    return found
