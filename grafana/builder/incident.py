"""One incident, by its number: what happened, who did what, and the metric rows around it."""

from __future__ import annotations

from grafana.builder.parts import (
    DURATION,
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
        description="Until acknowledged: from when people could know, in whole minutes, rounded down.",
        columns={
            "Severity": {"mappings": coloured(SEVERITY)["mappings"]},
            "Duration": DURATION,
            "Status": {"mappings": coloured(STATUS)["mappings"]},
            "Until Acknowledged": DURATION,
            "From There To Resolved": DURATION,
        },
    )
    details = table(
        "Details",
        "incident/details",
        columns={
            "Host": {"custom.width": 120}
            | link(
                "Host ${__value.text}",
                "/d/pg-incident-hosts?var-host=${__value.text:percentencode}&${__url_time_range}",
            ),
            "Device": {"custom.width": 140},
            "Folder": {"custom.width": 100},
            "What": wrapped(330),
            "Root Cause": {"custom.width": 150},
            "Notes": wrapped(),
        },
    )
    people = table(
        "Times and people",
        "incident/people",
        description="Could be known: from then on the time to acknowledge counts, maintenance left out.",
        columns={
            "Detected": {"custom.width": 160},
            "Could Be Known": {"custom.width": 160},
            "Acknowledged": {"custom.width": 160},
            "Resolved": {"custom.width": 160},
            "By": {"custom.width": 120},
            "Assignee": {"custom.width": 120},
            "Silenced By": {"custom.width": 150},
            "Resolved By": {"custom.width": 120},
        },
    )
    timeline = table(
        "Timeline",
        "incident/timeline",
        columns={
            "When": {"custom.width": 155},
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
                width=125,
            ),
            "Who": {"custom.width": 90},
            "From": {"custom.width": 95},
            "To": {"custom.width": 95},
            "Note": wrapped(),
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
            "ffmpeg Uptime": DURATION | {"custom.width": 120},
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
            "Server": {"custom.width": 150},
            **{name: {"unit": "percent", "custom.width": 90} for name in ("CPU", "Memory", "Disk")},
            "Temp.": {"unit": "celsius", "custom.width": 90},
            **{name: {"decimals": 2, "custom.width": 95} for name in ("Load 1 m", "Load 5 m")},
            "Uptime": DURATION | {"custom.width": 140},
            "Arrived After": DURATION | {"custom.width": 130},
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
            "For": DURATION | {"custom.width": 110},
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
            "Severity": {"custom.width": 90},
            "Duration": DURATION | {"custom.width": 110},
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
            (4, [(24, people)]),
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
