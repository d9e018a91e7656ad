"""In any order of rows, actions and crashes each incident is told, or its log says why not."""

from __future__ import annotations

import random
import re
from typing import Any

import psycopg
import pytest

from db.embedded import REPO
from tests.support.servers import Database, server_names

pytestmark = pytest.mark.parametrize("server", server_names()[:1], indirect=True)
CALLS = ("opened", "unacknowledged", "severity_raised", "reopened")
NOT_TOLD = """
select i.incident_id, c.contact
from system_incident as i
cross join (values ('noc'), ('boss')) as c (contact)
where
    i.status = 'open'
    and not exists (
        select from incident.notification as t
        where t.contact = c.contact and t.incident_id = i.incident_id and t.state = 'sent'
    )
"""
NOT_TOLD_THE_END = """
select t.incident_id, t.contact
from system_incident as i
join incident.notification as t using (incident_id)
where t.state = 'sent' and i.status in ('resolved', 'closed')
group by t.incident_id, t.contact
having
    coalesce(max(t.number) filter (where t.kind in ('resolved', 'retracted')), 0)
    < max(t.number) filter (where t.kind = any (%s))
"""


class World:
    """Some devices, some people, and notifiers that may die between claiming and settling."""

    def __init__(self, connection: psycopg.Connection[Any], seed: int) -> None:
        self.connection, self.random = connection, random.Random(seed)
        self.claimed: list[int] = []
        self.minute = 0
        self.run(
            "select incident.set_contact(name, group_interval => '0', messages_per_hour => 100000)"
            " from unnest(array['noc', 'boss', 'default']) as name"
        )
        self.run("select incident.set_escalation_step('default', 1, 'noc', '0', '5 minutes', 1)")
        self.run("select incident.set_escalation_step('default', 2, 'boss', '15 minutes')")

    def run(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        cursor = self.connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []

    def try_to(self, statement: str, *values: Any) -> None:
        """What a person does may be refused."""
        try:
            self.run(statement, *values)
        except psycopg.Error as error:
            assert error.sqlstate in ("IN001", "IN002", "22023"), error

    def some_incident(self) -> int:
        return self.random.randint(1, max(1, self.run("select count(*) from system_incident")[0][0]))

    # What may happen

    def row(self) -> None:
        self.minute += 1
        self.run(
            "insert into system_device_metrics (host_name, device_id, device_name, capture_folder, timestamp,"
            " ffmpeg_status, monitor_status)"
            " values (%s, '1', %s, 'f', now() - interval '1 day' + %s * interval '1 s', %s, 'active')",
            self.random.choice(["h1", "h2"]),
            self.random.choice(["d1", "d2"]),
            self.minute,
            self.random.choice(["active", "stuck", "stopped"]),
        )

    def acknowledge(self) -> None:
        self.try_to("select incident.acknowledge(%s)", self.some_incident())

    def resolve(self) -> None:
        self.try_to("select incident.resolve(%s)", self.some_incident())

    def reopen(self) -> None:
        self.try_to("select incident.reopen(%s)", self.some_incident())

    def snooze(self) -> None:
        self.try_to("select incident.snooze(%s, now() + interval '1 hour')", self.some_incident())

    def wake(self) -> None:
        self.try_to("select incident.snooze(%s, now())", self.some_incident())

    def maintain(self) -> None:
        self.run(
            "select incident.add_maintenance(%s, now(), now() + interval '1 hour', 'x')",
            self.random.choice(["h1", "h2"]),
        )

    def end_maintenance(self) -> None:
        self.run(
            "select incident.end_maintenance(m.maintenance_id) from incident.maintenance as m"
            " where m.ended_at is null"
        )

    def ten_minutes_pass(self) -> None:
        self.run(
            "update incident.notification set due_at = due_at - interval '10 minutes' where state = 'pending'"
        )
        self.run("update incident.message set next_attempt_at = now() where state = 'pending'")

    def a_lease_runs_out(self) -> None:
        self.run("update incident.message set leased_until = now() where leased_until is not null")
        self.run("update incident.notification set leased_until = now() where leased_until is not null")
        self.claimed.clear()

    def claim(self) -> None:
        for message_id, body in self.run("select message_id, body from incident.claim_messages('n1')"):
            self.claimed.append(message_id)
            assert body["total"] > 0
            for told in body["incidents"]:
                if told["kind"] in CALLS:
                    assert told["status"] in ("open", "in_progress"), told
                if told["kind"] in ("opened", "unacknowledged"):
                    assert told["status"] == "open", told

    def settle(self) -> None:
        while self.claimed:
            self.run("select incident.settle_message(%s)", self.claimed.pop())

    def fail_to_settle(self) -> None:
        while self.claimed:
            self.run("select incident.settle_message(%s, 'HTTP 500')", self.claimed.pop())

    STEPS = (
        *("row",) * 6,
        *(
            "acknowledge",
            "resolve",
            "reopen",
            "snooze",
            "wake",
            "maintain",
            "end_maintenance",
            "ten_minutes_pass",
        ),
        *("a_lease_runs_out", "claim", "claim", "settle", "settle", "fail_to_settle"),
    )

    def end(self) -> None:
        """Nothing silences any more, and time passes until nothing is due."""
        self.end_maintenance()
        self.run(
            "select incident.snooze(i.incident_id, now()) from incident.active as i join system_incident as s"
            " using (incident_id) where s.snoozed_until is not null"
        )
        self.run("select incident.sweep()")
        for _ in range(6):
            self.a_lease_runs_out()
            self.ten_minutes_pass()
            self.claim()
            self.settle()


def check(database: Database, seed: int, length: int) -> None:
    with database.connect() as connection:
        world = World(connection, seed)
        for _ in range(length):
            getattr(world, world.random.choice(World.STEPS))()
        assert world.run("select * from incident_engine.telling_violations()") == []
        world.end()
        assert world.run("select * from incident_engine.telling_violations()") == []
        assert world.run("select * from incident.notification where state = 'pending'") == []
        # Whatever is open was told to both steps, which have come due by now.
        assert world.run(NOT_TOLD) == []
        # Whoever was told that it began was told that it ended, or that it never was.
        assert world.run(NOT_TOLD_THE_END, list(CALLS)) == []


@pytest.mark.parametrize("seed", range(6))
def test_in_any_order(database: Database, seed: int) -> None:
    check(database, seed, 60)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100, 160))
def test_in_many_orders(database: Database, seed: int) -> None:
    check(database, seed, 300)


def test_the_sql_of_the_document_runs(database: Database) -> None:
    blocks = re.findall(r"(?ms)^```sql\n(.*?)^```", (REPO / "docs/notifications.md").read_text())
    with database.connect() as connection:
        for statement in ";".join(blocks).split(";"):
            if re.sub(r"--.*", "", statement).strip() and not re.match(r"\s*(create role|grant)", statement):
                connection.execute(statement)
        told = connection.execute(
            "select contact from incident.route_for('studio-1', 'Camera 3') where counts"
        ).fetchall()
    assert told == [("noc",), ("nights",), ("boss",)]
