"""What a message says, to a person with a phone at 3 a.m.: how bad, what, where, since when, what to do."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from notifier.config import Config

CALLS = ("opened", "unacknowledged", "severity_raised", "reopened")  # for somebody
WORDS = {
    "opened": "",
    "unacknowledged": "still open: ",
    "severity_raised": "worse: ",
    "reopened": "again: ",
    "acknowledged": "taken: ",
    "resolved": "over: ",
    "retracted": "no failure after all: ",
}


def one_line(text: Any) -> str:
    """Names and notes come from anywhere: as text, without what a terminal or a mail header would act on."""
    return re.sub(
        r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+", " ", str(text or "")
    ).strip()


def clock(moment: str) -> str:
    at = datetime.fromisoformat(moment).astimezone(UTC)
    return f"{at:%Y-%m-%d %H:%M} UTC"


def place(incident: Mapping[str, Any]) -> str:
    if incident["capture_folder"] == "host":
        return one_line(incident["host_name"])
    return f"{one_line(incident['host_name'])}, {one_line(incident['device_name'])}"


def what(incident: Mapping[str, Any]) -> str:
    """What is wrong, and where."""
    if incident["description"] and not incident["reason"]:
        return one_line(incident["description"])
    return f"{place(incident)}: {one_line(incident['reason'] or incident['component'] + ' failure')}"


def line(incident: Mapping[str, Any]) -> str:
    """One incident in one line."""
    kind = incident["kind"]
    said = f"{WORDS[kind]}{incident['severity'].upper()} {what(incident)}"
    if kind == "acknowledged":
        said += f", by {one_line(incident['acknowledged_by'])}"
    elif kind == "resolved":
        said += f", after {incident['total_duration_minutes']} min"
    else:
        said += f", since {clock(incident['detected_at'])}"
    flapping = ", flapping" if incident["flapping_since"] else ""
    return f"{said}{flapping} (incident {incident['incident_id']})"


def title(body: Mapping[str, Any]) -> str:
    incidents = body["incidents"]
    if body["total"] == 1:
        first = incidents[0]
        return f"{WORDS[first['kind']]}{first['severity'].upper()} {what(first)}"[:200]
    kinds = body["kinds"]
    active = sum(kinds.get(kind, 0) for kind in CALLS)
    parts = [f"{active} incidents"] if active else []
    parts += [
        f"{kinds[kind]} {WORDS[kind].rstrip(': ')}"
        for kind in ("acknowledged", "resolved", "retracted")
        if kind in kinds
    ]
    worst = incidents[0]["severity"].upper()
    return f"{worst} {', '.join(parts)} on {body['hosts']} host{'s' if body['hosts'] > 1 else ''}"


def text(config: Config, body: Mapping[str, Any], key: str) -> tuple[str, str]:
    """Title and text of a message."""
    incidents = body["incidents"]
    lines = [line(incident) for incident in incidents]
    if more := body["total"] - len(incidents):
        counts = ", ".join(f"{number} {severity}" for severity, number in sorted(body["severities"].items()))
        lines.append(f"and {more} more ({counts} in all): select * from incident.active;")
    if body["held_back"]:
        lines.append(
            f"{body['held_back']} of these were held back by the contact's limit of messages an hour."
        )
    to_take = [one for one in incidents if one["kind"] in CALLS and one["status"] == "open"]
    take = link = ""
    if to_take:
        ids = ", ".join(str(one["incident_id"]) for one in to_take)
        it, which = ("it", ids) if len(to_take) == 1 else ("them", f"array[{ids}]")
        take = f"To take {it}: select incident.acknowledge({which}, 'on it');\n"
    if config.grafana:
        link = config.grafana.replace("{incident_id}", str(incidents[0]["incident_id"])) + "\n"
    fields = {
        "title": one_line(title(body)),
        "lines": "\n".join(lines),
        "take": take,
        "link": link,
        "message": f"({key})",
    }
    return (
        one_line(string.Template(config.title).safe_substitute(fields)),
        string.Template(config.body).safe_substitute(fields).strip() + "\n",
    )
