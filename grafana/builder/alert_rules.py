"""Alert rules in the format of Grafana's provisioning files.

Each rule: A, the query; B, its last value; C, whether that is above zero. Text columns become labels.

What happens without data and on an error is chosen rule by rule. Where a query returns breaches only, no row
means that all is well: OK. An error (the database cannot be reached, say) is reported by one rule alone, the
engine's; the others keep the state they had, so that an outage is one page, not five, and resolves nothing.
"""

from __future__ import annotations

from grafana.builder.parts import DATA_SOURCE, Json, query

RECEIVER = "pg_incident"


def rule(
    uid: str,
    title: str,
    query_name: str,
    *,
    dashboard: Json,
    panel: str,
    summary: str,
    description: str,
    labels: dict[str, str] | None = None,
    wait: str = "0s",
    no_data: str = "OK",
    error: str = "KeepLast",
    group_by: tuple[str, ...] = (),
) -> Json:
    """`panel` is the title of the panel that the alert points to."""
    return {
        "uid": uid,
        "title": title,
        "condition": "C",
        "for": wait,
        "noDataState": no_data,
        "execErrState": error,
        "dashboardUid": dashboard["uid"],
        "panelId": next(one["id"] for one in dashboard["panels"] if one["title"] == panel),
        "labels": {"service": "pg_incident"} | (labels or {}),
        "annotations": {"summary": summary, "description": description},
        "notification_settings": {
            "receiver": RECEIVER,
            "group_by": ["alertname", "grafana_folder", *group_by],
            "group_wait": "15s",
            "repeat_interval": "4h",
        },
        "data": [
            {
                "refId": "A",
                "relativeTimeRange": {"from": 600, "to": 0},
                "datasourceUid": DATA_SOURCE["uid"],
                "model": {
                    "refId": "A",
                    "datasource": DATA_SOURCE,
                    "editorMode": "code",
                    "format": "table",
                    "rawQuery": True,
                    "rawSql": query(query_name) + "\n",
                },
            },
            expression("B", {"type": "reduce", "expression": "A", "reducer": "last"}),
            expression(
                "C",
                {
                    "type": "threshold",
                    "expression": "B",
                    "conditions": [{"evaluator": {"type": "gt", "params": [0]}}],
                },
            ),
        ],
    }


def expression(ref_id: str, model: Json) -> Json:
    return {
        "refId": ref_id,
        "relativeTimeRange": {"from": 0, "to": 0},
        "datasourceUid": "__expr__",
        "model": {"refId": ref_id, "datasource": {"type": "__expr__", "uid": "__expr__"}} | model,
    }


def build(incidents_now: Json, reliability: Json) -> Json:
    device = "{{ .Labels.component }} on {{ .Labels.host }}, {{ .Labels.device }} ({{ .Labels.folder }})"
    acknowledge = "select incident.acknowledge({{ .Labels.incident }}, 'on it');"
    fast = [
        rule(
            "pg-incident-critical",
            "Critical incident",
            "alerts/critical",
            dashboard=incidents_now,
            panel="Active incidents",
            summary=f"Incident {{{{ .Labels.incident }}}}: {device} has failed",
            description=f"Critical and active. To take it: {acknowledge}",
            group_by=("host",),
        ),
        rule(
            "pg-incident-unacknowledged",
            "Incident nobody has acknowledged",
            "alerts/unacknowledged",
            dashboard=incidents_now,
            panel="Active incidents",
            summary=f"Incident {{{{ .Labels.incident }}}} ({{{{ .Labels.severity }}}}) waits: {device}",
            description='Open for {{ index .Values "B" }} minutes and nobody is on it. '
            f"To take it: {acknowledge}",
            labels={"escalation": "yes"},
            group_by=("host",),
        ),
        rule(
            "pg-incident-host-silent",
            "Host silent",
            "alerts/host_silent",
            dashboard=incidents_now,
            panel="Active incidents",
            summary="Host {{ .Labels.host }} is silent: nothing is heard of it or of its devices",
            description="Is the host up, its host agent running, the network there? What it missed meanwhile "
            f"arrives from its spool. To take it: {acknowledge}",
            group_by=("host",),
        ),
        rule(
            "pg-incident-engine",
            "Engine unhealthy",
            "alerts/engine",
            dashboard=incidents_now,
            panel="Engine",
            summary="pg_incident itself is unwell, or its database cannot be reached",
            description="In psql: select * from incident.health;",
            labels={"severity": "critical"},
            wait="3m",
            no_data="Alerting",  # the view always has a row
            error="Alerting",
        ),
    ]
    slow = [
        rule(
            "pg-incident-budget",
            "Error budget burning",
            "alerts/budget_burning",
            dashboard=reliability,
            panel="Error budget, this month",
            summary="{{ .Labels.host }}, {{ .Labels.device }} ({{ .Labels.folder }}) burns its error budget "
            "({{ .Labels.pace }})",
            description='Burn rate {{ index .Values "B" }}; at 1 the budget lasts exactly the month.',
            wait="5m",
            group_by=("host",),
        ),
    ]
    groups = [("incidents", "1m", fast), ("error budget", "5m", slow)]
    return {
        "apiVersion": 1,
        "groups": [
            {"orgId": 1, "name": name, "folder": "pg_incident", "interval": interval, "rules": rules}
            for name, interval, rules in groups
        ],
    }
