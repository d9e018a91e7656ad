"""The words that the dashboards are written in: panels, columns, colours, variables; how they become JSON.

The JSON is Grafana's classic dashboard model, schema version 39, which Grafana 11 and newer load from files.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Json = dict[str, Any]

QUERIES = Path(__file__).parents[1] / "queries"
DATA_SOURCE = {"type": "grafana-postgresql-datasource", "uid": "pg-incident"}
TAG = "pg_incident"

# Colours, by the words of the database. Where a word is text, a value mapping carries its colour.
SEVERITY = {"critical": "dark-red", "high": "dark-orange", "medium": "dark-yellow", "low": "dark-blue"}
STATUS = {"open": "dark-red", "in_progress": "dark-yellow", "resolved": "dark-green", "closed": "text"}
STATE = {
    "active": "green",
    "stuck": "orange",
    "stopped": "red",
    "unknown": "purple",
    "no_data": "#8e8e8e",
    "maintenance": "blue",
}
# Red is what is wrong now; what was wrong is orange at most.
SLA = {"Excellent": "dark-green", "Good": "green", "Fair": "dark-yellow", "Poor": "dark-orange"}
STANDING = {"best": "dark-green", "worst": "dark-orange"}
HOST_STATE = {
    "reporting": "green",
    "over_limit": "orange",
    "silent": "red",
    "unknown": "purple",
    "new": "text",
    "unreachable": "blue",
    "retired": "#8e8e8e",
}
HOST_NOW = {
    "up": "dark-green",
    "over limits": "dark-orange",
    "silent": "dark-red",
    "new": "text",
    "maintenance": "dark-blue",
}
DEVICES = {"Up": "green", "Down": "red", "Silent": "#8e8e8e", "Unknown": "purple", "Maintenance": "blue"}
# The zone of the dashboards' axes and, to begin with, of their days: `make dashboards ZONE=Europe/Berlin`.
ZONE = os.environ.get("GRAFANA_ZONE") or "UTC"
# What availability is called Fair, Good and Excellent from; the same as incident.sla_status.
SLA_STEPS = [(None, "dark-orange"), (95, "dark-yellow"), (99, "green"), (99.9, "dark-green")]


def query(name: str) -> str:
    """The SQL of grafana/queries/<name>.sql."""
    return (QUERIES / f"{name}.sql").read_text().strip()


def target(name: str, form: str = "table") -> Json:
    return {
        "refId": "A",
        "datasource": DATA_SOURCE,
        "editorMode": "code",
        "format": form,
        "rawQuery": True,
        "rawSql": query(name),
    }


# Columns: properties of a field, for `defaults` of a panel or, by name, for one column


def mappings(colours: dict[str, str], texts: dict[str, str] | None = None) -> list[Json]:
    return [
        {
            "type": "value",
            "options": {
                word: {"color": colour, "index": index} | ({"text": texts[word]} if texts else {})
                for index, (word, colour) in enumerate(colours.items())
            },
        }
    ]


def thresholds(steps: Sequence[tuple[float | None, str]]) -> Json:
    return {"mode": "absolute", "steps": [{"value": value, "color": colour} for value, colour in steps]}


def cell(kind: str) -> Json:
    """How a table shows a column: color-background, color-text."""
    return {"type": kind, "mode": "basic"} if kind == "color-background" else {"type": kind}


def coloured(colours: dict[str, str], kind: str = "color-background", width: int | None = None) -> Json:
    """A column whose words have colours."""
    return {"mappings": mappings(colours), "custom.cellOptions": cell(kind)} | wide(width)


def wide(width: int | None) -> Json:
    return {"custom.width": width} if width else {}


def graded(
    steps: Sequence[tuple[float | None, str]], unit: str, width: int | None = None, **more: Any
) -> Json:
    """A column of numbers coloured by thresholds."""
    return (
        {
            "unit": unit,
            "thresholds": thresholds(steps),
            "color": {"mode": "thresholds"},
            "custom.cellOptions": cell("color-background"),
        }
        | wide(width)
        | more
    )


# Exact, unlike "7 hours" for 6 h 50 min: 1 d 06:50:00. The queries leave fractions of a second out.
DURATION = {"unit": "dtdhms"}
# A count of what is wrong now: none has no colour.
WRONG_NOW = {"thresholds": thresholds([(None, "text"), (1, "red")])}


def wrapped(width: int | None = None) -> Json:
    """A column of words that takes as many lines as it needs."""
    return {"custom.cellOptions": {"type": "auto", "wrapText": True}} | wide(width)


def hidden() -> Json:
    return {"custom.hidden": True}


def link(title: str, url: str) -> Json:
    return {"links": [{"title": title, "url": url}]}


def to_incident(end: str = "now") -> Json:
    """The column ID, leading to the incident; From and To are columns of the same row."""
    return {"custom.width": 55} | link(
        "Open incident ${__value.raw}",
        f"/d/pg-incident-incident?var-incident=${{__value.raw}}&from=${{__data.fields.From.numeric}}&to={end}",
    )


def overrides(columns: dict[str, Json]) -> list[Json]:
    return [
        {
            "matcher": {"id": "byName", "options": name},
            "properties": [{"id": key, "value": value} for key, value in properties.items()],
        }
        for name, properties in columns.items()
    ]


# Panels


def panel(
    kind: str,
    title: str,
    name: str,
    *,
    form: str = "table",
    description: str = "",
    defaults: Json | None = None,
    columns: dict[str, Json] | None = None,
    options: Json | None = None,
    **more: Any,
) -> Json:
    """A panel of grafana/queries/<name>.sql; `columns` overrides the defaults of its fields by name."""
    return {
        "type": kind,
        "title": title,
        "description": description,
        "datasource": DATA_SOURCE,
        "targets": [target(name, form)],
        "fieldConfig": {"defaults": defaults or {}, "overrides": overrides(columns or {})},
        "options": options or {},
    } | more


def table(title: str, name: str, *, columns: dict[str, Json], **more: Any) -> Json:
    return panel(
        "table",
        title,
        name,
        columns=columns,
        defaults={"custom": {"align": "auto", "cellOptions": {"type": "auto"}}, "noValue": ""},
        options={"showHeader": True, "cellHeight": "sm", "frameIndex": 0},
        **more,
    )


def stat(
    title: str, name: str, *, columns: dict[str, Json], defaults: Json | None = None, **more: Any
) -> Json:
    """One tile for each column of the only row."""
    return panel(
        "stat",
        title,
        name,
        columns=columns,
        defaults={"color": {"mode": "thresholds"}, "thresholds": thresholds([(None, "text")]), "noValue": "–"}
        | (defaults or {}),
        options={
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "/.*/", "values": False},
            "orientation": "vertical",
            "colorMode": "value",
            "graphMode": "none",
            "justifyMode": "center",
            "textMode": "value_and_name",
            "wideLayout": False,
            "text": {"titleSize": 14, "valueSize": 24},
        },
        **more,
    )


def time_series(
    title: str, name: str, *, unit: str, style: Json | None = None, defaults: Json | None = None, **more: Any
) -> Json:
    return panel(
        "timeseries",
        title,
        name,
        form="time_series",
        defaults={
            "unit": unit,
            "color": {"mode": "palette-classic"},
            "custom": {"lineWidth": 2, "fillOpacity": 10, "showPoints": "auto"} | (style or {}),
        }
        | (defaults or {}),
        options={
            "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True, "calcs": []},
            "tooltip": {"mode": "multi", "sort": "none"},
        },
        **more,
    )


def state_timeline(title: str, name: str, *, words: dict[str, str] = STATE, **more: Any) -> Json:
    """Words over time, in their colours."""
    return panel(
        "state-timeline",
        title,
        name,
        defaults={
            "mappings": mappings(words, {word: word.replace("_", " ") for word in words}),
            "custom": {"fillOpacity": 85, "lineWidth": 0},
        }
        | more.pop("defaults", {}),
        options={
            "mergeValues": True,
            "showValue": "never",
            "rowHeight": 0.8,
            "alignValue": "left",
            "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True, "calcs": []},
            "tooltip": {"mode": "single", "sort": "none"},
        },
        **more,
    )


def text(content: str, title: str = "") -> Json:
    return {
        "type": "text",
        "title": title,
        "options": {"mode": "markdown", "content": content.strip()},
    }


# Dashboards


def by_query(name: str, label: str, query_name: str, all_value: str) -> Json:
    """A variable whose choices come from the database. `All` puts `all_value` in place of the list: the
    name of the column itself, so that nothing is filtered and no list of a thousand names is sent."""
    return {
        "type": "query",
        "name": name,
        "label": label,
        "datasource": DATA_SOURCE,
        "query": query(query_name),
        "definition": query(query_name),
        "refresh": 2,
        "sort": 0,
        "regex": "",
        "multi": True,
        "includeAll": True,
        "allValue": all_value,
        "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
        "options": [],
        "hide": 0,
        "skipUrlSync": False,
    }


def site_and_host() -> list[Json]:
    """Where sites publish to this database, theirs; else the one site that there is, by the name `here`. All
    hosts are those of the sites chosen: what stands for `All` is expanded by Grafana once more."""
    of_site = (
        "select k.host_name from incident.host as k left join incident.site as w on k.site = w.site "
        "where coalesce(w.name, 'here') in ($site)"
    )
    return [
        by_query("site", "Site", "shared/sites", "coalesce(w.name, 'here')"),
        by_query("host", "Host", "shared/hosts", of_site),
    ]


def host_and_device() -> list[Json]:
    return [
        *site_and_host(),
        by_query("device", "Device", "shared/devices", "device_name"),
    ]


def choice(name: str, label: str, values: list[str]) -> Json:
    """A variable with a fixed list of choices; the first is taken to begin with."""
    options = [{"selected": value == values[0], "text": value, "value": value} for value in values]
    return {
        "type": "custom",
        "name": name,
        "label": label,
        "query": ",".join(values),
        "current": options[0],
        "options": options,
        "multi": False,
        "includeAll": False,
        "hide": 0,
        "skipUrlSync": False,
    }


def text_box(name: str, label: str, value: str) -> Json:
    option = {"selected": True, "text": value, "value": value}
    return {
        "type": "textbox",
        "name": name,
        "label": label,
        "query": value,
        "current": option,
        "options": [option],
        "hide": 0,
        "skipUrlSync": False,
    }


def annotation(name: str, query_name: str, colour: str) -> Json:
    return {
        "name": name,
        "datasource": DATA_SOURCE,
        "enable": True,
        "hide": False,
        "iconColor": colour,
        "target": target(query_name),
    }


def dashboard(
    uid: str,
    title: str,
    description: str,
    rows: list[tuple[int, list[tuple[int, Json]]]],
    *,
    time_from: str,
    refresh: str,
    variables: list[Json],
    annotations: list[Json],
) -> Json:
    """Rows of (height, [(width, panel), ...]), widths in 24ths of the screen."""
    panels: list[Json] = []
    y = 0
    for height, row in rows:
        assert sum(width for width, _ in row) == 24, f"{title}: a row is not 24 wide"
        x = 0
        for width, one in row:
            panels.append({"id": len(panels) + 1, "gridPos": {"x": x, "y": y, "w": width, "h": height}} | one)
            x += width
        y += height
    return {
        "uid": uid,
        "title": title,
        "description": description,
        "tags": [TAG],
        "schemaVersion": 39,
        "version": 1,
        "editable": True,
        "graphTooltip": 1,
        "liveNow": False,
        "fiscalYearStartMonth": 0,
        "timezone": "utc" if ZONE == "UTC" else ZONE,
        "time": {"from": time_from, "to": "now"},
        "timepicker": {"refresh_intervals": ["10s", "30s", "1m", "5m", "15m", "1h"]},
        "refresh": refresh,
        "links": [
            {
                "type": "dashboards",
                "title": "pg_incident",
                "tags": [TAG],
                "asDropdown": False,
                "includeVars": True,
                "keepTime": False,
                "targetBlank": False,
                "icon": "external link",
                "tooltip": "",
                "url": "",
            }
        ],
        "templating": {"list": variables},
        "annotations": {"list": annotations},
        "panels": panels,
    }
