"""Sends a message to an address: all that Apprise knows, and JSON to webhooks, PagerDuty, Alertmanager."""

from __future__ import annotations

import io
import json
import logging
import re
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

import apprise
import apprise.plugins.email.base as apprise_mail

JSON_SCHEMES = tuple(
    f"{kind}+{http}" for kind in ("webhook", "pagerduty", "alertmanager") for http in ("https", "http")
)
OVER = ("resolved", "retracted")
SEVERITIES = ("critical", "high", "medium", "low")


class AddressError(Exception):
    """An URL that no message can be sent to."""


class NotDelivered(Exception):
    """The service's own words, and when it may be asked again (seconds) where it says so."""

    def __init__(self, words: str, retry_after: float | None = None) -> None:
        super().__init__(words)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Message:
    key: str  # the same each time it is sent
    title: str
    text: str
    body: Mapping[str, Any]  # what the database says (incident_engine.message_body)


def check_address(url: str) -> None:
    """AddressError when nothing can be sent there. The message shows no part that could be secret."""
    scheme = url.split(":", 1)[0].lower()
    if scheme in JSON_SCHEMES:
        try:
            parts = urlsplit(url)
            parts.port  # noqa: B018 (raises for a port that is no number)
        except ValueError:
            raise AddressError("it is not an URL") from None
        if not parts.hostname:
            raise AddressError(f"{scheme}:// needs a host")
        if scheme.startswith("pagerduty") and "routing_key" not in parse_qs(parts.query):
            raise AddressError(f"{scheme}:// needs ?routing_key=")
        return
    if apprise.Apprise.instantiate(url, suppress_exceptions=True) is None:
        others = ", ".join(f"{one}://" for one in JSON_SCHEMES if one.endswith("https"))
        raise AddressError(f"neither Apprise nor the notifier can send to {scheme}:// as written ({others})")


def send(url: str, message: Message, timeout: float) -> None:
    """NotDelivered when the service did not take it."""
    scheme = url.split(":", 1)[0].lower()
    if scheme not in JSON_SCHEMES:
        send_by_apprise(url, message)
    elif scheme.startswith("webhook"):
        post(plain(url), webhook_body(message), timeout, {"Idempotency-Key": message.key})
    elif scheme.startswith("alertmanager"):
        parts = urlsplit(plain(url))
        target = urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/api/v2/alerts"))
        post(target, list(alerts(message)), timeout)
    else:
        parts = urlsplit(plain(url))
        routing_key = parse_qs(parts.query)["routing_key"][0]
        target = urlunsplit(parts._replace(query="", path=parts.path or "/v2/enqueue"))
        for event in pagerduty_events(message):
            post(target, {"routing_key": routing_key, **event}, timeout)


def plain(url: str) -> str:
    return url.split("+", 1)[1]


def webhook_body(message: Message) -> dict[str, Any]:
    return {"key": message.key, "title": message.title, "text": message.text, **message.body}


def pagerduty_events(message: Message) -> Iterable[dict[str, Any]]:
    """Events of its API v2. By the incident's UUID PagerDuty shows it once, however often it is told."""
    for incident in message.body["incidents"]:
        action = {"acknowledged": "acknowledge"}.get(incident["kind"], "trigger")
        yield {
            "event_action": "resolve" if incident["kind"] in OVER else action,
            "dedup_key": str(incident["incident_uuid"]),
            "payload": {
                "summary": f"{incident['host_name']}: {incident['reason'] or incident['description']}"[:1024],
                "source": incident["host_name"],
                "severity": {"high": "error", "medium": "warning", "low": "info"}.get(
                    incident["severity"], "critical"
                ),
                "component": incident["component"],
                "timestamp": incident["detected_at"],
                "custom_details": incident,
            },
        }
    if not message.body["incidents"] or message.body["total"] > len(message.body["incidents"]):
        yield {
            "event_action": "trigger",
            "dedup_key": message.key,
            "payload": {"summary": message.title, "source": "pg_incident", "severity": "critical"},
        }


def alerts(message: Message) -> Iterable[dict[str, Any]]:
    """Alerts of Alertmanager's API v2. Active until told otherwise, not for its five minutes alone."""
    now = datetime.now(UTC)
    for incident in message.body["incidents"]:
        is_over = incident["kind"] in OVER
        for severity in SEVERITIES[SEVERITIES.index(incident["severity"]) :]:
            # Its severity is a label, and a label that changes makes another alert: the milder ones are over.
            ends_at = now if is_over or severity != incident["severity"] else now + timedelta(days=30)
            yield {
                "labels": {
                    "alertname": f"{incident['component']}_failure",
                    "severity": severity,
                    "host": incident["host_name"],
                    "device": incident["device_name"],
                    "incident": str(incident["incident_uuid"]),
                },
                "annotations": {
                    "summary": str(incident["reason"] or incident["description"]),
                    "incident_id": str(incident["incident_id"]),
                },
                "startsAt": min(datetime.fromisoformat(incident["detected_at"]), ends_at).isoformat(),
                "endsAt": ends_at.isoformat(),
            }


def post(url: str, body: Any, timeout: float, headers: Mapping[str, str] | None = None) -> None:
    request = urllib.request.Request(
        url,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "User-Agent": "pg_incident notifier", **(headers or {})},
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            answer.read(1000)
    except urllib.error.HTTPError as error:
        after = error.headers.get("Retry-After", "")
        words = error.read(300).decode(errors="replace") if error.fp else ""
        raise NotDelivered(
            f"HTTP {error.code} {error.reason} {words}".strip(), float(after) if after.isdecimal() else None
        ) from None
    except OSError as error:  # URLError, timeouts, resets
        raise NotDelivered(
            f"{urlsplit(url).hostname}: {getattr(error, 'reason', error) or error!r}"
        ) from None


def send_by_apprise(url: str, message: Message) -> None:
    service = apprise.Apprise.instantiate(url, suppress_exceptions=True)
    if service is None:
        raise NotDelivered("Apprise does not understand the URL of this contact: notifier check-config")
    # Apprise makes up another Message-ID each time; this is what lets a mailbox show a message once.
    apprise_mail.make_msgid = lambda **_ignored: f"<{message.key}@pg-incident>"
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    logger = logging.getLogger("apprise")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    kinds = {incident["kind"] for incident in message.body["incidents"]}
    try:
        sent = apprise.Apprise(servers=[service]).notify(
            title=message.title,
            body=message.text,
            body_format=apprise.NotifyFormat.TEXT,
            notify_type=apprise.NotifyType.SUCCESS if kinds <= set(OVER) else apprise.NotifyType.FAILURE,
        )
    finally:
        logger.removeHandler(handler)
    if not sent:
        raise NotDelivered(without_secrets(service, words_of(said.getvalue())))


def words_of(log: str) -> str:
    """Of what Apprise logs, what the service said: failures, exceptions and answers."""
    kept = [
        line
        for line in log.splitlines()
        if re.search(r"fail|error|exception|response|invalid|refused|timed", line, re.IGNORECASE)
    ]
    return "; ".join(kept or log.splitlines()[-3:]) or "the service did not take it"


def without_secrets(service: Any, words: str) -> str:
    """What the full URL says and the one for eyes does not, is nobody's business."""
    shown = service.url(privacy=True)
    for part in set(re.split(r"[/:@?&=,;]+", service.url(privacy=False))) - set(
        re.split(r"[/:@?&=,;]+", shown)
    ):
        if len(part) >= 3:
            words = words.replace(part, "***")
    return words
