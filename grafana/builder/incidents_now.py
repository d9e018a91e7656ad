"""Incidents now: what is broken, who is on it, what has happened lately."""

from __future__ import annotations

from grafana.builder.parts import (
    DURATION,
    SEVERITY,
    STATUS,
    WRONG_NOW,
    Json,
    annotation,
    coloured,
    dashboard,
    hidden,
    host_and_device,
    mappings,
    stat,
    table,
    thresholds,
    time_series,
    to_incident,
    wrapped,
)

ATTENTION = {"thresholds": thresholds([(None, "text"), (1, "orange")])}
NAMES = {
    "Host": {"custom.width": 95},
    "Device": {"custom.width": 110},
    "Folder": {"custom.width": 85},
}


def build() -> Json:
    counts = stat(
        "Incidents, all hosts",
        "incidents_now/counts",
        description="Active: now, since whenever. The others: detected in that time. "
        "Mean resolution: from detection to resolution, of the last 7 days.",
        columns={
            "Active": WRONG_NOW,
            "Mean Resolution": DURATION,
        },
    )
    waiting = stat(
        "To do, all hosts",
        "incidents_now/waiting",
        columns={
            "Critical Now": WRONG_NOW,
            "Nobody On It": ATTENTION,
            "New in 5 min": ATTENTION,
        },
    )
    engine = stat(
        "Engine",
        "incidents_now/engine",
        description="Whether pg_incident itself is well. In psql: select * from incident.health;",
        columns={
            "Engine": {
                "mappings": mappings({"1": "green", "0": "red"}, {"1": "healthy", "0": "PROBLEM"}),
                "thresholds": thresholds([(None, "red"), (1, "green")]),
            },
            "Last Sweep, Ago": DURATION | {"thresholds": thresholds([(None, "text"), (180, "red")])},
            "Errors Waiting": WRONG_NOW,
        },
    )
    active = table(
        "Active incidents",
        "incidents_now/active",
        description="Worst first, then oldest. To take one: select incident.acknowledge(ID, 'on it');",
        columns={
            "ID": to_incident(),
            "Severity": coloured(SEVERITY, width=75),
            "Status": coloured(STATUS, "color-text", width=95),
            **NAMES,
            "Duration": DURATION | {"custom.width": 100},
            "Silenced By": {
                "custom.width": 115,
                "color": {"mode": "fixed", "fixedColor": "blue"},
                "custom.cellOptions": {"type": "color-text"},
            },
            "Owner": {"custom.width": 80},
            "Started": {"custom.width": 155},
            "What": wrapped(),
            "From": hidden(),
        },
    )
    recent = table(
        "Recent history, the last 20",
        "incidents_now/recent",
        columns={
            "ID": to_incident("${__data.fields.To.numeric}"),
            "Severity": {"custom.width": 75},
            "Status": coloured(STATUS, "color-text", width=95),
            **NAMES,
            "Duration": DURATION | {"custom.width": 100},
            "Started": {"custom.width": 155},
            "Resolved": {"custom.width": 155},
            "Root Cause": {"custom.width": 95},
            "What": wrapped(),
            "From": hidden(),
            "To": hidden(),
        },
    )
    detected = time_series(
        "Incidents detected",
        "incidents_now/detected",
        unit="short",
        style={
            "drawStyle": "bars",
            "fillOpacity": 80,
            "lineWidth": 0,
            "stacking": {"mode": "normal", "group": "A"},
        },
        defaults={"decimals": 0, "min": 0},
        columns={
            severity: {"color": {"mode": "fixed", "fixedColor": colour}}
            for severity, colour in SEVERITY.items()
        },
        interval="15m",
    )
    return dashboard(
        "pg-incident-now",
        "Incidents now",
        "What is broken right now, who is on it, and what has happened lately.",
        [
            (4, [(11, counts), (6, waiting), (7, engine)]),
            (8, [(24, active)]),
            (7, [(24, detected)]),
            (12, [(24, recent)]),
        ],
        time_from="now-24h",
        refresh="30s",
        variables=host_and_device(),
        annotations=[
            annotation("Incidents", "shared/incident_annotations", "orange"),
            annotation("Maintenance", "shared/maintenance_annotations", "blue"),
        ],
    )
