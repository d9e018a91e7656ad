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
    wrapped,
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
            "Detected": {"custom.width": 155},
            "Resolved": {"custom.width": 155},
            "Device": {"custom.width": 110},
            "Folder": {"custom.width": 80},
            "Assignee": {"custom.width": 80},
            "Acknowledged By": {"custom.width": 130},
            "Resolved By": {"custom.width": 100},
            "Root Cause": {"custom.width": 95},
            "Silenced By": {"custom.width": 110},
            "What": wrapped(),
            "Notes": wrapped(),
            "Host": {"custom.width": 95}
            | link(
                "Host ${__value.text}",
                "/d/pg-incident-hosts?var-host=${__value.text:percentencode}&${__url_time_range}",
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
                    "detected": "dark-orange",
                    "severity_changed": "dark-orange",
                    "reopened": "dark-orange",
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
        "Rows of the device, the newest 1,000",
        "incident/samples",
        columns={
            "Time": {"custom.width": 155},
            "ffmpeg": coloured(STATE, width=80),
            "monitor": coloured(STATE, width=80),
            "ffmpeg Last Active": {"custom.width": 160},
            "monitor Last Active": {"custom.width": 160},
            "ffmpeg Uptime": {"unit": "s", "decimals": 0, "custom.width": 120},
            "CPU": {"unit": "percent", "custom.width": 80},
            "Memory": {"unit": "percent", "custom.width": 80},
            "Disk": {"unit": "percent", "custom.width": 80},
        },
    )
    host_rows = table(
        "Rows of the host, the newest 1,000",
        "incident/host_rows",
        columns={
            "Time": {"custom.width": 155},
            "CPU": {"unit": "percent"},
            "Memory": {"unit": "percent"},
            "Disk": {"unit": "percent"},
            "Temp.": {"unit": "celsius"},
            "Uptime": {"unit": "s", "decimals": 0},
            "Arrived After": {"unit": "s", "decimals": 0},
        },
    )
    conditions = table(
        "What was wrong with the host",
        "incident/conditions",
        description="Silence, load, disk, temperature and clock of its host, the newest first.",
        columns={
            "What": {"custom.width": 110},
            "Since": {"custom.width": 170},
            "Until": {"custom.width": 170},
            "For": {"unit": "s", "decimals": 0, "custom.width": 90},
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
            "Severity": coloured(SEVERITY, "color-text", width=90),
            "Status": coloured(STATUS, "color-text", width=110),
            "Component": {"custom.width": 110},
            "From": hidden(),
            "To": hidden(),
        },
    )
    states = state_timeline(
        "States",
        "incident/states",
        description="Of a device both components, of a host each of its devices; maintenance goes first.",
        defaults={"displayName": "${__field.labels.what}"},
        transformations=[
            {
                "id": "partitionByValues",
                "options": {"fields": ["what"], "keepFields": False, "naming": {"asLabels": True}},
            }
        ],
    )
    load = time_series("Load of the device or host", "incident/load", unit="percent", defaults={"min": 0})
    return dashboard(
        "pg-incident-incident",
        "Incident",
        "One incident of a device or a host by its number: timeline, states, metric rows around it.",
        [
            (4, [(24, facts)]),
            (4, [(24, details)]),
            (6, [(24, states)]),
            (7, [(15, timeline), (9, text(COMMANDS, "In psql"))]),
            (5, [(24, conditions)]),
            (8, [(24, load)]),
            (9, [(24, samples)]),
            (9, [(24, host_rows)]),
            (8, [(24, same_device)]),
        ],
        time_from="now-6h",
        refresh="30s",
        variables=[text_box("incident", "Incident", "")],
        annotations=[
            annotation("Timeline", "incident/annotations", "orange"),
            annotation("Maintenance", "incident/maintenance_annotations", "blue"),
        ],
    )
