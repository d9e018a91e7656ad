"""The program: its commands, its rounds, two that share the work, kill -9, storms."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable

import pytest

from notifier import __version__
from tests.notify.conftest import Notifiers, rows
from tests.notify.receivers import Mailbox, Service, until
from tests.support.servers import Database, server_names

pytestmark = pytest.mark.parametrize("server", server_names()[:1], indirect=True)
Fail = Callable[..., None]


def test_commands(notifiers: Notifiers, mailbox: Mailbox, service: Service, database: Database) -> None:
    good = notifiers.config({"default": [mailbox.url(), service.url()]})
    assert notifiers.call(good, "--version").stdout == f"notifier {__version__}\n"
    done = notifiers.call(good, "test", "default")
    assert (done.returncode, done.stdout) == (0, "default, URL 1: sent\ndefault, URL 2: sent\n"), done.stderr
    assert len(mailbox.mails) == len(service.requests) == 1
    service.always = 500
    assert notifiers.call(good, "test", "default").returncode == 1
    assert "there is no contact nobody; there are default" in notifiers.call(good, "test", "nobody").stderr
    assert notifiers.call(good, "check-config").returncode == 0

    rows(database, "select incident.set_contact('noc'), incident.set_escalation_step('default', 2, 'noc')")
    missing = notifiers.call(good, "check-config")
    assert (missing.returncode, "no URL for noc" in missing.stderr) == (1, True)
    assert rows(database, "select count(*) from incident.notifier") == [(0,)], (
        "a check is no notifier that is alive"
    )


@pytest.mark.parametrize(
    "line, words",
    [
        ("contct = {}", "unknown key contct, is contact meant?"),
        ("timeout_seconds = 1000", "timeout_seconds = 1000.0 must be from 1 to 100"),
        ('grafana = "grafana.example.com"', "grafana must begin with http"),
        ('template = {title = "$tilte"}', "template.title has tilte"),
        ("contact = {noc = 7}", "contact noc needs an URL"),
        ('contact = {noc = "nosuch://x"}', "URL 1 of contact noc: neither Apprise nor"),
        ('contact = {noc = "pagerduty+https://events.pagerduty.com"}', "needs ?routing_key="),
        ("name", "is not TOML"),
    ],
)
def test_mistakes_in_the_configuration(line: str, words: str, notifiers: Notifiers) -> None:
    file = notifiers.folder / "wrong.toml"
    file.write_text(line + "\n")
    done = notifiers.call(file, "check-config", "--offline")
    assert done.returncode == 2
    assert words in done.stderr


def test_listens_and_drives_the_sweep_and_the_dead_mans_switch(
    notifiers: Notifiers, service: Service, other_service: Service, fail: Fail, database: Database
) -> None:
    notifiers.run(
        {"default": service.url()},
        poll_seconds=30,
        dead_mans_switch=f"http://127.0.0.1:{other_service.port}/alive",
    )
    until(lambda: rows(database, "select from incident.health where is_running"))
    until(lambda: other_service.seen)
    fail(1)  # told long before the next poll
    until(lambda: rows(database, "select from incident.told where state = 'sent'"))
    ((lag,),) = rows(database, "select extract(epoch from after_announced)::float from incident.told")
    assert lag < 10
    assert rows(database, "select version from incident.notifier") == [(__version__,)]


def test_a_contact_without_an_url_waits(
    notifiers: Notifiers, service: Service, fail: Fail, database: Database
) -> None:
    notifiers.run({"other": service.url()})
    fail(1)
    until(lambda: "no URL for default" in notifiers.log())
    until(
        lambda: rows(
            database, "select from incident.message where reason = 'the notifier has no URL for default'"
        )
    )
    assert "no notifier can reach default" in str(rows(database, "select problem from incident.health"))
    notifiers.run({"default": service.url()}, "n2")
    rows(database, "update incident.message set next_attempt_at = now() returning 1")
    notifiers.running[0].terminate()
    notifiers.running[0].wait(30)
    rows(database, "update incident.message set next_attempt_at = now() where state = 'pending' returning 1")
    until(lambda: service.requests)


def test_a_database_that_goes_away_comes_back(
    notifiers: Notifiers, service: Service, fail: Fail, database: Database
) -> None:
    notifiers.run({"default": service.url()})
    until(lambda: rows(database, "select from incident.notifier"))
    rows(
        database,
        f"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{notifiers.login}'",
    )
    fail(1)
    until(lambda: service.requests)
    assert "trying again" in notifiers.log()


def test_sigterm_waits_for_what_is_on_its_way(
    notifiers: Notifiers, service: Service, fail: Fail, database: Database
) -> None:
    service.always = "hang"
    running = notifiers.run({"default": service.url()}, timeout_seconds=2)
    fail(1)
    until(lambda: service.seen)
    running.send_signal(signal.SIGTERM)
    assert running.wait(20) == 0
    ((reason,),) = rows(database, "select reason from incident.message")
    assert reason == "no answer within 2 s"


def kills(notifiers: Notifiers, service: Service, fail: Fail, database: Database, times: int) -> None:
    """Two notifiers share the work of 50 contacts; one after the other is killed in the middle of it."""
    with database.connect() as connection:
        connection.execute(
            "select incident.set_contact('c' || n, group_interval => '0', messages_per_hour => 100000),"
            " incident.set_escalation_step('e' || n, 1, 'c' || n), incident.add_route('e' || n, 'h' || n)"
            " from generate_series(1, 10) as n"
        )
    contacts = {f"c{n}": service.url() for n in range(1, 11)}
    names = ["n1", "n2"]
    running = {name: notifiers.run(contacts, name, timeout_seconds=1) for name in names}
    for turn in range(times):
        for host in range(1, 11):
            fail(turn * 3 + 1, turn * 3 + 3, host=f"h{host}")
        time.sleep(0.3)
        name = names[turn % 2]
        running[name].kill()
        running[name].wait()
        running[name] = notifiers.run(contacts, name, timeout_seconds=1)

    def settled() -> bool:
        # The leases of those that were killed run out.
        for table in ("message", "notification"):
            rows(
                database,
                f"update incident.{table} set leased_until = least(leased_until, now() + interval '3 s')"
                " where leased_until is not null returning 1",
            )
        return not rows(database, "select from incident.notification where state = 'pending'")

    until(settled, 90)
    # A message lists twenty and counts the rest.
    arrived = {int(body["message_id"]) for body in service.bodies()}
    told = dict(
        rows(database, "select incident_id, message_id from incident.notification where kind = 'opened'")
    )
    assert (len(told), set(told.values()) <= arrived) == (times * 30, True), "nothing is lost"
    named = Counter(incident["incident_id"] for body in service.bodies() for incident in body["incidents"])
    again = {key for key, count in Counter(body["key"] for body in service.bodies()).items() if count > 1}
    twice = {number for number, count in named.items() if count > 1}
    in_again = {
        one["incident_id"] for body in service.bodies() if body["key"] in again for one in body["incidents"]
    }
    assert twice <= in_again, "what came twice came under the same key"
    assert rows(database, "select * from incident.check_invariants()") == []


def test_kill_9_loses_nothing(notifiers: Notifiers, service: Service, fail: Fail, database: Database) -> None:
    kills(notifiers, service, fail, database, 4)


@pytest.mark.nightly
def test_kill_9_twenty_times_loses_nothing(
    notifiers: Notifiers, service: Service, fail: Fail, database: Database
) -> None:
    kills(notifiers, service, fail, database, 20)


def storm(
    notifiers: Notifiers, mailbox: Mailbox, fail: Fail, database: Database, hosts: int, each: int
) -> None:
    """As many incidents as a power cut brings, while a notifier runs with the settings out of the box."""
    rows(
        database,
        "select incident.set_contact('default', group_interval => '10 seconds', messages_per_hour => 60)",
    )
    notifiers.run({"default": mailbox.url()})
    began = time.monotonic()
    for host in range(hosts):
        fail(each, host=f"host-{host}")
    until(lambda: not rows(database, "select from incident.notification where state = 'pending'"), 300)
    a_minute = 8 * max(1, (time.monotonic() - began) / 60)  # one at once, then one every 10 s
    ((sent, messages),) = rows(
        database, "select count(*), count(distinct message_id) from incident.told where state = 'sent'"
    )
    assert (sent, messages <= a_minute) == (hosts * each, True), messages
    assert len(mailbox.mails) <= a_minute


def test_a_storm_is_a_handful_of_messages(
    notifiers: Notifiers, mailbox: Mailbox, fail: Fail, database: Database
) -> None:
    storm(notifiers, mailbox, fail, database, 10, 100)


@pytest.mark.nightly
def test_twenty_thousand_incidents_in_a_minute_are_a_handful_of_messages(
    notifiers: Notifiers, mailbox: Mailbox, fail: Fail, database: Database
) -> None:
    storm(notifiers, mailbox, fail, database, 20, 1000)
