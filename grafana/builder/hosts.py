"""Hosts: which are up, what their devices do, their load, clocks and agents."""

from __future__ import annotations

from grafana.builder.parts import (
    DEVICES,
    DURATION,
    HOST_NOW,
    HOST_STATE,
    WRONG_NOW,
    ZONE,
    Json,
    annotation,
    choice,
    coloured,
    dashboard,
    graded,
    link,
    site_and_host,
    stat,
    state_timeline,
    table,
    text_box,
    thresholds,
    time_series,
    wrapped,
)

PERCENT = {"unit": "percent", "decimals": 0, "custom.width": 55}


def build() -> Json:
    counts = stat(
        "Hosts",
        "hosts/counts",
        description="In service now. A clock is wrong from a minute on.",
        columns=dict.fromkeys(
            ("Silent Hosts", "Over Limits", "Wrong Clocks", "Agents In Trouble"), WRONG_NOW
        ),
    )
    devices = stat(
        "Devices",
        "hosts/devices",
        description="What the devices of these hosts do now, by one word each.",
        columns={
            "Down": WRONG_NOW,
            "Silent": WRONG_NOW,
            "Unknown": {"thresholds": thresholds([(None, "text"), (1, "purple")])},
            "Maintenance": {"thresholds": thresholds([(None, "text"), (1, "blue")])},
        },
    )
    hosts = table(
        "Hosts, the worst first",
        "hosts/hosts",
        description="Load, disk and temperature as of the host's last row.",
        columns={
            "Host": {"custom.width": 95}
            | link(
                "Only ${__value.text}",
                "/d/pg-incident-hosts?var-host=${__value.text:percentencode}&${__url_time_range}",
            ),
            "State": coloured(HOST_NOW, width=90),
            "Incidents": link(
                "Incidents of ${__data.fields.Host}",
                "/d/pg-incident-now?var-host=${__data.fields.Host:percentencode}",
            )
            | {"custom.width": 75},
            "Up": {"custom.width": 45},
            **{
                name: graded(
                    [(None, "transparent"), (1, colour)], "short", 75 if name == "Unknown" else 60, decimals=0
                )
                for name, colour in (("Down", "dark-red"), ("Silent", "dark-red"), ("Unknown", "dark-purple"))
            },
            "Maint.": graded([(None, "transparent"), (1, "dark-blue")], "short", 65, decimals=0),
            "CPU": PERCENT,
            "Memory": PERCENT | {"custom.width": 75},
            "Disk": PERCENT,
            "Temp.": {"unit": "celsius", "decimals": 0, "custom.width": 60},
            "Load 5 m": {"decimals": 2, "custom.width": 75},
            "Heard, Ago": DURATION | {"custom.width": 95},
            "What Is Wrong": wrapped(),
        },
    )
    agents = table(
        "Agents and clocks",
        "hosts/agents",
        description="As the latest row of each host's agent tells; other collectors tell nothing.",
        columns={
            "Host": {"custom.width": 110},
            "Agent": {"custom.width": 80},
            "Clock Ahead": graded(
                [(None, "dark-red"), (-59.9, "transparent"), (60, "dark-red")], "s", 100, decimals=1
            ),
            "Waiting Rows": {"decimals": 0, "custom.width": 105},
            "Oldest Waits": DURATION | {"custom.width": 105},
            "Refused Rows": {"decimals": 0, "custom.width": 105},
            "Problem": wrapped(),
            "Last Error": wrapped(),
            "Told, Ago": DURATION | {"custom.width": 100},
        },
    )
    device_states = time_series(
        "What the devices did",
        "hosts/device_states",
        unit="short",
        style={
            "drawStyle": "line",
            "lineInterpolation": "stepAfter",
            "fillOpacity": 60,
            "lineWidth": 0,
            "stacking": {"mode": "normal", "group": "A"},
        },
        defaults={"min": 0, "decimals": 2},
        columns={
            name: {"color": {"mode": "fixed", "fixedColor": colour}} for name, colour in DEVICES.items()
        },
        description="How many were in each state, on average of each bucket; the last one runs on.",
    )
    states = state_timeline(
        "Hosts over time",
        "hosts/states",
        words=HOST_STATE,
        description="Excused: silent while the database itself was down.",
        defaults={"displayName": "${__field.labels.host}"},
        transformations=[
            {
                "id": "partitionByValues",
                "options": {"fields": ["host"], "keepFields": False, "naming": {"asLabels": True}},
            }
        ],
    )
    load = [
        (
            8,
            time_series(
                f"{title}, the most of each interval", f"hosts/{name}", unit="percent", defaults={"min": 0}
            ),
        )
        for title, name in (("CPU", "load"), ("Memory", "memory"), ("Disk", "disk"))
    ]
    return dashboard(
        "pg-incident-hosts",
        "Hosts",
        "Which hosts are up, what their devices do, their load, clocks and agents.",
        [
            (4, [(12, counts), (12, devices)]),
            (9, [(24, hosts)]),
            (8, [(24, states)]),
            (8, [(24, device_states)]),
            (8, load),
            (7, [(24, agents)]),
        ],
        time_from="now-24h",
        refresh="1m",
        variables=[
            *site_and_host(),
            choice("bucket", "Bucket", ["hour", "day", "week"]),
            text_box("time_zone", "Time zone", ZONE),
        ],
        annotations=[annotation("Maintenance", "shared/maintenance_annotations", "blue")],
    )
