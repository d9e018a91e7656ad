"""Real receivers: mail, webhooks, PagerDuty's shape, Alertmanager, one that hangs, ones that fail."""

from __future__ import annotations

import json
import shutil
import subprocess
import urllib.request
from collections.abc import Callable
from email.message import Message
from pathlib import Path

import pytest

from tests.notify.conftest import Notifiers, rows
from tests.notify.receivers import Mailbox, Service, free_port, until
from tests.support.servers import Database, server_names

pytestmark = pytest.mark.parametrize("server", server_names()[:1], indirect=True)
Fail = Callable[..., None]


def plain_text(mail: Message) -> str:
    (part,) = (part for part in mail.walk() if part.get_content_type() == "text/plain")
    return part.get_payload(decode=True).decode()


def test_a_mail_says_what_to_do(notifiers: Notifiers, mailbox: Mailbox, fail: Fail) -> None:
    fail(1, status="stopped")
    done = notifiers.once(
        {"default": mailbox.url()}, grafana="https://grafana.example.com/d/x?var={incident_id}"
    )
    assert done.returncode == 0, done.stderr
    (mail,) = mailbox.mails
    assert mail["Subject"] == "CRITICAL ffmpeg stopped on host-1, Device 1 (folder 1)"
    assert mail["Message-ID"] == "<lab-message-1@pg-incident>"
    text = plain_text(mail)
    assert "since 20" in text and "(incident 1)" in text
    assert "To take it: select incident.acknowledge(1, 'on it');" in text
    assert "https://grafana.example.com/d/x?var=1" in text


def test_hostile_names_arrive_as_text(notifiers: Notifiers, mailbox: Mailbox, fail: Fail) -> None:
    host = "a\nBcc: x@evil.example\r\n'; drop table system_incident; --<b>$lines{incident_id}</b>"
    fail(1, host=host)
    assert notifiers.once({"default": mailbox.url()}).returncode == 0
    (mail,) = mailbox.mails
    assert mail["Bcc"] is None
    assert "drop table system_incident; --<b>$lines{incident_id}</b>" in str(mail["Subject"]).replace(
        "\n", ""
    )
    assert "<b>$lines{incident_id}</b>" in plain_text(mail)


def test_a_webhook_gets_all_of_it_as_json(notifiers: Notifiers, service: Service, fail: Fail) -> None:
    fail(30)
    assert notifiers.once({"default": service.url()}).returncode == 0
    ((path, body, headers),) = service.requests
    assert path == "/hook" and headers["Idempotency-Key"] == body["key"] == "lab-message-1"
    assert (body["total"], len(body["incidents"]), body["kinds"]) == (30, 20, {"opened": 30})
    assert body["title"] == "HIGH 30 incidents on 1 host"
    assert "and 10 more (30 high in all): select * from incident.active;" in body["text"]


def test_pagerduty_shows_an_incident_once(
    notifiers: Notifiers, service: Service, fail: Fail, database: Database
) -> None:
    contacts = {"default": service.url("pagerduty", "/v2/enqueue?routing_key=k1")}
    fail(1)
    notifiers.once(contacts)
    rows(database, "select incident.acknowledge(1) is null")
    notifiers.once(contacts)
    fail(1, status="active")
    notifiers.once(contacts)
    assert [body["event_action"] for body in service.bodies()] == ["trigger", "acknowledge", "resolve"]
    assert len({body["dedup_key"] for body in service.bodies()}) == 1
    assert {body["routing_key"] for body in service.bodies()} == {"k1"}


@pytest.mark.skipif(not shutil.which("prometheus-alertmanager"), reason="Alertmanager is not installed")
def test_alertmanager_takes_and_ends_alerts(notifiers: Notifiers, fail: Fail, tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "am.yml").write_text("route: {receiver: none}\nreceivers: [{name: none}]\n")
    base = f"http://127.0.0.1:{port}"
    with (tmp_path / "am.log").open("w") as log:
        alertmanager = subprocess.Popen(
            [
                *("prometheus-alertmanager", f"--config.file={tmp_path}/am.yml", "--cluster.listen-address="),
                *(f"--storage.path={tmp_path}/am", f"--web.listen-address=127.0.0.1:{port}"),
            ],
            stdout=log,
            stderr=log,
        )

    def active() -> list[dict]:
        return json.load(urllib.request.urlopen(f"{base}/api/v2/alerts?active=true"))

    def ready() -> bool:
        try:
            return urllib.request.urlopen(f"{base}/-/ready").status == 200
        except OSError:
            return False

    try:
        until(ready)
        contacts = {"default": f"alertmanager+{base}"}
        fail(1)
        assert notifiers.once(contacts).returncode == 0
        until(lambda: [alert["labels"]["severity"] for alert in active()] == ["high"])
        fail(1, status="stopped")
        assert notifiers.once(contacts).returncode == 0
        until(lambda: [alert["labels"]["severity"] for alert in active()] == ["critical"])
        fail(1, status="active")
        assert notifiers.once(contacts).returncode == 0
        until(lambda: active() == [])
    finally:
        alertmanager.terminate()
        alertmanager.wait()


@pytest.mark.parametrize(
    "answer, words",
    [
        (500, "HTTP 500 Internal Server Error no, said the service"),
        (429, "HTTP 429 Too Many Requests no, said the service"),
        ("reset", "127.0.0.1: "),
        ("hang", "no answer within 1 s"),
    ],
)
def test_a_service_in_trouble_delays_its_own_contact_alone(
    answer: int | str,
    words: str,
    notifiers: Notifiers,
    service: Service,
    other_service: Service,
    fail: Fail,
    database: Database,
) -> None:
    rows(database, "select incident.set_contact('other', group_interval => '0')")
    rows(database, "select incident.set_escalation_step('default', 2, 'other')")
    service.always = answer
    service.headers = {"Retry-After": "77"} if answer == 429 else {}
    notifiers.run({"default": service.url(), "other": other_service.url()}, timeout_seconds=1)
    fail(1)
    until(lambda: other_service.requests)
    until(
        lambda: rows(
            database,
            "select from incident.message where contact = 'default' and attempts = 1 and reason is not null",
        )
    )
    ((reason, wait),) = rows(
        database,
        "select reason, extract(epoch from next_attempt_at - state_at)::int from incident.message"
        " where contact = 'default'",
    )
    assert words in reason
    assert wait == (77 if answer == 429 else 30)
    # It is well again; the time of the next attempt comes.
    service.always = 200
    rows(database, "update incident.message set next_attempt_at = now() where state = 'pending' returning 1")
    until(lambda: len(service.requests) == 1)
    until(lambda: not rows(database, "select from incident.notification where state = 'pending'"))
    assert rows(database, "select distinct state from incident.told") == [("sent",)]
    assert service.bodies()[0]["key"] == "lab-message-1"


def test_what_has_arrived_at_one_address_is_not_sent_there_again(
    notifiers: Notifiers, service: Service, mailbox: Mailbox, fail: Fail, database: Database
) -> None:
    service.answers.append(500)
    notifiers.run({"default": [mailbox.url(), service.url()]})
    fail(1)
    until(lambda: rows(database, "select from incident.message where attempts = 1 and reason is not null"))
    rows(database, "update incident.message set next_attempt_at = now() returning 1")
    until(lambda: rows(database, "select from incident.message where state = 'sent'"))
    assert (len(mailbox.mails), len(service.requests)) == (1, 1)


def test_passwords_are_nowhere(
    notifiers: Notifiers, mailbox: Mailbox, fail: Fail, database: Database
) -> None:
    fail(1)
    secret = "s3cr3tPassw0rd"
    url = f"mailto://ana:{secret}@127.0.0.1:{mailbox.port}?from=a@example.com&to=noc@example.com"
    done = notifiers.once({"default": url})
    assert done.returncode == 1
    told = done.stdout + done.stderr + str(rows(database, "select reason from incident.message"))
    assert "sending" in told.lower() or "exception" in told.lower()
    assert secret not in told
    broken = notifiers.call(
        notifiers.config({"default": f"mailt://ana:{secret}@host"}), "check-config", "--offline"
    )
    assert broken.returncode == 2 and secret not in broken.stderr
    assert "URL 1 of contact default" in broken.stderr
