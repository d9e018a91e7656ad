"""One incident, by its number: what happened, who did what, and the metric rows around it."""

from __future__ import annotations

from grafana.builder.parts import (
    SEVERITY,
    STATE,
    STATUS,
    Json,
    annotation,
    coloured,
    dashboard,
    hidden,
    link,
    stat,
    state_timeline,
    table,
    text,
    text_box,
    time_series,
    to_incident,
)

COMMANDS = """
```sql
select incident.acknowledge($incident, 'on it');
select incident.assign($incident, 'ada');
select incident.comment($incident, 'cable changed');
select incident.resolve($incident, 'fixed by hand', root_cause => 'cable');
select incident.close($incident, root_cause => 'cable');
```
"""


def build() -> Json:
    facts = stat(
        "Incident $incident",
        "incident/facts",
        description="Whole minutes, rounded down.",
        columns={
            "Severity": {"mappings": coloured(SEVERITY)["mappings"]},
            "Status": {"mappings": coloured(STATUS)["mappings"]},
            "Until Acknowledged": {"unit": "s", "decimals": 0},
            "From There To Resolved": {"unit": "s", "decimals": 0},
        },
    )
    details = table(
        "Details",
        "incident/details",
        columns={
            "Detected": {"custom.width": 170},
            "Resolved": {"custom.width": 170},
            "Folder": {"custom.width": 90},
            "Assignee": {"custom.width": 90},
            "Acknowledged By": {"custom.width": 130},
            "Resolved By": {"custom.width": 100},
            "Root Cause": {"custom.width": 100},
            "Host": {"custom.width": 100}
            | link(
                "Reliability of ${__value.text}",
                "/d/pg-incident-reliability?var-host=${__value.text:percentencode}",
            ),
        },
    )
    timeline = table(
        "Timeline",
        "incident/timeline",
        columns={
            "When": {"custom.width": 170},
            "Event": coloured(
                {
                    "detected": "dark-red",
                    "severity_changed": "dark-orange",
                    "reopened": "dark-red",
                    "acknowledged": "dark-yellow",
                    "resolved": "dark-green",
                    "closed": "text",
                },
                "color-text",
                width=140,
            ),
            "Who": {"custom.width": 110},
            "From": {"custom.width": 110},
            "To": {"custom.width": 110},
        },
    )
    samples = table(
        "Metric rows, the newest 1,000",
        "incident/samples",
        columns={
            "Time": {"custom.width": 170},
            "ffmpeg": coloured(STATE, width=90),
            "monitor": coloured(STATE, width=90),
            "ffmpeg Last Active": {"custom.width": 170},
            "monitor Last Active": {"custom.width": 170},
            "ffmpeg Uptime": {"unit": "s", "decimals": 0},
            "CPU": {"unit": "percent"},
            "Memory": {"unit": "percent"},
            "Disk": {"unit": "percent"},
        },
    )
    conditions = table(
        "What was wrong with the host",
        "incident/conditions",
        description="Silence, load, disk and temperature of its host, the newest first.",
        columns={
            "What": {"custom.width": 110},
            "Since": {"custom.width": 170},
            "Until": {"custom.width": 170},
            "Value": {"custom.width": 90},
            "Limit": {"custom.width": 90},
            "Last Heard": {"custom.width": 170},
        },
    )
    same_device = table(
        "Other incidents of this device",
        "incident/same_device",
        columns={
            "ID": to_incident("${__data.fields.To.numeric}"),
            "Severity": coloured(SEVERITY, width=90),
            "Status": coloured(STATUS, "color-text", width=110),
            "Component": {"custom.width": 110},
            "From": hidden(),
            "To": hidden(),
        },
    )
    return dashboard(
        "pg-incident-incident",
        "Incident",
        "One incident by its number: timeline, state of both components, metric rows around it.",
        [
            (4, [(24, facts)]),
            (4, [(24, details)]),
            (5, [(24, state_timeline("State of both components", "incident/states"))]),
            (7, [(15, timeline), (9, text(COMMANDS, "In psql"))]),
            (
                8,
                [
                    (
                        24,
                        time_series(
                            "Load of the device or host", "incident/load", unit="percent", defaults={"min": 0}
                        ),
                    )
                ],
            ),
            (10, [(24, samples)]),
            (6, [(24, conditions)]),
            (8, [(24, same_device)]),
        ],
        time_from="now-6h",
        refresh="30s",
        variables=[text_box("incident", "Incident", "")],
        annotations=[annotation("Timeline", "incident/annotations", "orange")],
    )
