"""Reliability: availability, SLA and error budget, MTTA, MTTR and MTBF, the best and the worst."""

from __future__ import annotations

from grafana.builder.parts import (
    DURATION,
    SLA,
    SLA_STEPS,
    STANDING,
    ZONE,
    Json,
    annotation,
    choice,
    coloured,
    dashboard,
    graded,
    host_and_device,
    link,
    panel,
    stat,
    state_timeline,
    table,
    text_box,
    thresholds,
    time_series,
    wrapped,
)

PERCENT = {"min": 0, "max": 100}
# As in the alert: 14.4 over an hour and 6 over 6 hours page, 1 over 3 days opens a ticket.
BURN_STEPS = {
    "Burn 1 h": [(None, "transparent"), (14.4, "dark-red")],
    "Burn 6 h": [(None, "transparent"), (1, "dark-yellow"), (6, "dark-red")],
    "Burn 3 d": [(None, "transparent"), (1, "dark-yellow")],
}
TO_DEVICE = link(
    "Only ${__value.text}",
    "/d/pg-incident-reliability?var-device=${__value.text:percentencode}"
    "&var-host=${__data.fields.Host:percentencode}&${__url_time_range}",
)


def build() -> Json:
    fleet = stat(
        "Fleet, all hosts",
        "reliability/fleet",
        description="Availability: up / (up + down + no data), rounded down. Coverage: the part of the time "
        "outside maintenance of which the state is known. The others: of an average device.",
        columns={
            "Availability": {"unit": "percent", "decimals": 4, "thresholds": thresholds(SLA_STEPS)},
            "Coverage": {"unit": "percent", "decimals": 4},
            "Down, per Device": DURATION,
            "Silent, per Device": DURATION,
            "Unknown, per Device": DURATION,
        },
    )
    availability = table(
        "Availability",
        "reliability/availability",
        description="The worst first. Downtime counts once, however many incidents overlap, and only inside "
        "the time range. Silence is no uptime. Unknown time is in no percentage but Coverage.",
        columns={
            "Device": TO_DEVICE,
            "Availability %": graded(SLA_STEPS, "percent", 115, decimals=4),
            "SLA Status": coloured(SLA | {"nothing known": "purple", "maintenance": "dark-blue"}, width=110),
            "Coverage %": {"unit": "percent", "decimals": 4, "custom.width": 100},
            "Host": {"custom.width": 110},
            "Folder": {"custom.width": 90},
            **dict.fromkeys(("Downtime", "No Data", "Unknown", "Uptime"), DURATION | {"custom.width": 100}),
            "Maintenance": DURATION | {"custom.width": 110},
        },
    )
    budget = table(
        "Error budget, this month",
        "reliability/budget",
        description="What the target allows to be lost in this calendar month, and how fast it is being "
        "spent: burn rate 1 spends it in exactly the month; 1,000 stands for more, too. Budget Gone: when "
        "it ran out, or runs out as the last 3 days went. The 100 with the least left.",
        columns={
            "Target %": {"unit": "percent", "custom.width": 80},
            "Availability %": {"unit": "percent", "decimals": 4, "custom.width": 115},
            "Host": {"custom.width": 95},
            "Device": {"custom.width": 120},
            "Folder": {"custom.width": 85},
            "Budget Left": DURATION | {"custom.width": 105},
            "Overspent": graded([(None, "transparent"), (1, "dark-red")], "dtdhms", 105),
            "Left %": graded(
                [(None, "dark-red"), (0, "dark-yellow"), (50, "transparent")], "percent", 100, decimals=4
            ),
            **{name: graded(steps, "short", 75, decimals=2) for name, steps in BURN_STEPS.items()},
            "Budget Gone": {"custom.width": 155},
        },
    )
    heat_map = panel(
        "status-history",
        "Availability by day, the 25 worst devices",
        "reliability/heat_map",
        form="time_series",
        defaults={
            "unit": "percent",
            "decimals": 4,
            "color": {"mode": "thresholds"},
            "thresholds": thresholds(SLA_STEPS),
            "custom": {"fillOpacity": 85, "lineWidth": 1},
        },
        options={
            "showValue": "auto",
            "rowHeight": 0.9,
            "colWidth": 0.95,
            "legend": {"displayMode": "list", "placement": "bottom", "showLegend": False, "calcs": []},
            "tooltip": {"mode": "single", "sort": "none"},
        },
    )
    states = state_timeline(
        "States, the 25 worst devices",
        "reliability/states",
        description="One word a device: maintenance, else the worse of its two components, else no data.",
        defaults={"displayName": "${__field.labels.device}"},
        transformations=[
            {
                "id": "partitionByValues",
                "options": {"fields": ["device"], "keepFields": False, "naming": {"asLabels": True}},
            }
        ],
    )
    fleet_trend = time_series(
        "Fleet over time, all hosts",
        "reliability/fleet_trend",
        unit="percent",
        style={"drawStyle": "line", "lineInterpolation": "stepAfter", "fillOpacity": 0},
        defaults={"max": 100, "decimals": 4},
        description="The last bucket runs on: it holds what has passed of it.",
    )
    response_trend = time_series(
        "MTTA and MTTR, all hosts",
        "reliability/response_trend",
        unit="s",
        style={"drawStyle": "line", "showPoints": "always", "spanNulls": True},
        defaults={"min": 0},
        description="Mean time from detection to acknowledgement, and to resolution, of the incidents "
        "detected in each bucket.",
    )
    weeks = table(
        "Week over week, all hosts",
        "reliability/weeks",
        description="The present week and the 8 before it, from Monday. MTBF: up time divided by the "
        "failures that started in the week. No failure, no MTBF.",
        columns={
            "Week Of": {"custom.width": 150},
            "Availability %": graded(SLA_STEPS, "percent", 115, decimals=4),
            "Change": {"decimals": 4, "custom.width": 80},
            "Incidents": {"custom.width": 85},
            "MTTA": DURATION | {"custom.width": 100},
            "MTTR": DURATION | {"custom.width": 100},
            "Failures": {"custom.width": 80},
            "MTBF": DURATION | {"custom.width": 100},
        },
    )
    response = table(
        "Response by severity, all hosts",
        "reliability/response",
        columns={
            "Severity": {"custom.width": 90},
            "Incidents": {"custom.width": 85},
            "Still Open": {"custom.width": 90},
            "MTTA": DURATION | {"custom.width": 110},
            "MTTA p95": DURATION | {"custom.width": 110},
            "MTTR": DURATION | {"custom.width": 110},
            "MTTR p95": DURATION | {"custom.width": 110},
        },
    )
    ranking = table(
        "Best and worst, all hosts",
        "reliability/ranking",
        columns={
            "Standing": coloured(STANDING, width=75),
            "Place": {"custom.width": 55},
            "Host": {"custom.width": 95},
            "Device": {"custom.width": 120},
            "Folder": {"custom.width": 85},
            "Availability %": {"unit": "percent", "decimals": 4, "custom.width": 115},
            "Failures": {"custom.width": 70},
            "MTBF": DURATION | {"custom.width": 105},
            "Lost": DURATION | {"custom.width": 90},
            "Reason": wrapped(),
        },
    )
    burn_down = time_series(
        "Budget burn-down, all hosts, this month",
        "reliability/burn_down",
        unit="percent",
        style={"showPoints": "never"},
        defaults={"max": 100, "decimals": 1},
        columns={
            "Left": {"color": {"mode": "fixed", "fixedColor": "green"}},
            "Spent Evenly": {
                "color": {"mode": "fixed", "fixedColor": "text"},
                "custom.lineWidth": 1,
                "custom.fillOpacity": 0,
            },
        },
        description="What is left of the fleet's error budget at the end of each day of the month, in "
        "percent; below 0 it is overspent.",
        timeFrom="now/M",
    )
    causes = time_series(
        "Downtime by day and cause",
        "reliability/causes",
        unit="s",
        style={
            "drawStyle": "bars",
            "fillOpacity": 80,
            "lineWidth": 0,
            "stacking": {"mode": "normal", "group": "A"},
        },
        defaults={"min": 0},
        columns={
            name: {"color": {"mode": "fixed", "fixedColor": colour}}
            for name, colour in (
                ("ffmpeg", "orange"),
                ("monitor", "yellow"),
                ("silent", "#8e8e8e"),
                ("unknown", "purple"),
            )
        },
        description="Summed over the devices; where both components failed at once, both are shown. The "
        "last day runs on.",
    )
    return dashboard(
        "pg-incident-reliability",
        "Reliability",
        "How available the devices were, what is left of the error budget, how fast failures are answered.",
        [
            (4, [(24, fleet)]),
            (10, [(24, availability)]),
            (9, [(24, budget)]),
            (8, [(12, burn_down), (12, causes)]),
            (8, [(12, fleet_trend), (12, response_trend)]),
            (9, [(24, weeks)]),
            (6, [(24, response)]),
            (9, [(24, ranking)]),
            (10, [(24, heat_map)]),
            (11, [(24, states)]),
        ],
        time_from="now-7d",
        refresh="1m",
        variables=[
            *host_and_device(),
            choice("bucket", "Bucket", ["day", "hour", "week", "month"]),
            text_box("time_zone", "Time zone", ZONE),
        ],
        annotations=[
            annotation("Incidents", "shared/incident_annotations", "orange") | {"enable": False},
            annotation("Maintenance", "shared/maintenance_annotations", "blue"),
        ],
    )
