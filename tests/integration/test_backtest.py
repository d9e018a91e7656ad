"""incident.backtest: what another policy would have made of real history, and that nothing happens."""

from __future__ import annotations

import random
import threading
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from tests.concurrency.support import random_history, send
from tests.support.rows import START, device_row, device_rows, insert
from tests.support.servers import Database

MINUTES = 240
WINDOW = {"window_start": START, "window_end": START + timedelta(minutes=MINUTES + 60)}

# What a policy may change; the first ones mean something to any fold, the others to one that knows them.
POLICIES = [
    {"no_data_after": "10 minutes"},
    {"no_data_after": "2 minutes", "sample_interval": "90 seconds"},
    {"host_name": "host-1", "no_data_after": "6 minutes"},
    {"open_after": "3 minutes"},
    {"resolve_after": "4 minutes", "component": "ffmpeg"},
    {"reopen_within": "10 minutes"},
    {"host_name": "host-0", "flapping_start_percent": 20, "flapping_stop_percent": 10},
]

EVERYTHING = """
select md5(string_agg(d::text, '|' order by d::text))
from (
    select 'policy' as of_table, p::text from incident.policy as p
    union all select 'policy change', p::text from incident.policy_change as p
    union all select 'device', d::text from incident.device as d
    union all select 'state', s::text from incident.device_state as s
    union all select 'incident', i::text from public.system_incident as i
    union all select 'timeline', t::text from incident.timeline as t
    union all select 'action', a::text from incident_engine.operator_action as a
    union all select 'error', e::text from incident_engine.error as e
    union all select 'sweep', w::text from incident_engine.sweep_state as w
    union all select 'sample', m::text from public.system_device_metrics as m
) as d
"""
INCIDENTS = """
select host_name, device_name, capture_folder, component, detected_at, resolved_at, severity
from public.system_incident
where retracted_at is null
order by host_name, device_name, capture_folder, component, detected_at
"""


def call(function: str, arguments: dict[str, Any]) -> tuple[str, list[Any]]:
    named = ", ".join(f"{name} => %s" for name in arguments)
    return f"select * from incident.{function}({named})", list(arguments.values())


@pytest.fixture
def history(database: Database) -> Database:
    """Four hosts of two devices, four hours, with silence, an acknowledgement and a resolution by hand."""
    with database.connect() as connection:
        send(connection, random_history(random.Random(7), hosts=4, devices=2, minutes=MINUTES))
        connection.execute("select incident.sweep(%s)", [START + timedelta(minutes=MINUTES + 5)])
        connection.execute(
            "select incident.acknowledge(incident_id), incident.resolve(incident_id) "
            "from incident.active order by incident_id limit 2"
        )
    return database


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: " ".join(policy))
def test_tells_what_the_policy_would_do_and_does_nothing(history: Database, policy: dict[str, Any]) -> None:
    with history.connect() as connection:
        before = connection.execute(EVERYTHING).fetchone()
        recorded = connection.execute(INCIDENTS).fetchall()
        totals = connection.execute(*call("backtest", policy | WINDOW)).fetchall()
        changes = connection.execute(*call("backtest_incidents", policy | WINDOW)).fetchall()
        assert connection.execute(EVERYTHING).fetchone() == before

        connection.execute(*call("set_policy", policy))
        now = connection.execute(INCIDENTS).fetchall()
        assert connection.execute("select * from incident.check_invariants()").fetchall() == []

    # In the scope alone: of another host or component nothing is said.
    def in_scope(incidents: list[Any]) -> list[Any]:
        return [
            one
            for one in incidents
            if one[0] == policy.get("host_name", one[0]) and one[3] == policy.get("component", one[3])
        ]

    then, now = in_scope(recorded), in_scope(now)
    counted = {tuple(row[:4]): row[4:6] for row in totals}
    assert counted == {
        key: (sum(one[:4] == key for one in then), sum(one[:4] == key for one in now))
        for key in {one[:4] for one in [*then, *now]}
    }
    assert [(row[1:6], row[6:8], row[8:]) for row in changes if row[0] == "changed"] == [
        (one[:5], (one[5], other[5]), (one[6], other[6]))
        for one in sorted(then, key=lambda one: (one[4], *one[:4]))
        for other in now
        if one[:5] == other[:5] and one[5:] != other[5:]
    ]
    added = {row[1:6] for row in changes if row[0] == "added"}
    vanished = {row[1:6] for row in changes if row[0] == "vanished"}
    assert added == {one[:5] for one in now} - {one[:5] for one in then}
    assert vanished == {one[:5] for one in then} - {one[:5] for one in now}


def test_a_longer_silence_is_told_with_minutes_and_pages(database: Database) -> None:
    """A failure with a gap in it: with the shorter silence the gap is neutral, and nothing else changes."""
    with database.connect() as connection:
        insert(connection, device_rows("active stuck stuck active stuck active"))
        connection.execute(
            "select incident.add_maintenance('host-1', %s, %s, 'disks')",
            [START, START + timedelta(minutes=3)],
        )
        row = connection.execute(*call("backtest", {"no_data_after": "1 hour"} | WINDOW)).fetchone()
    # host, device, folder, component; incidents, minutes and pages, then and now; pages saved
    assert row == ("host-1", "Device 1", "capture1", "ffmpeg", 2, 2, 3, 3, 1, 1, 0)


def test_open_after_saves_the_pages_of_short_failures(database: Database) -> None:
    with database.connect() as connection:
        insert(connection, device_rows("active stuck active stuck stuck stuck stuck active"))
        row = connection.execute(*call("backtest", {"open_after": "2 minutes"} | WINDOW)).fetchone()
        assert row == ("host-1", "Device 1", "capture1", "ffmpeg", 2, 1, 5, 4, 2, 1, 1)
        changes = connection.execute(
            *call("backtest_incidents", {"open_after": "2 minutes"} | WINDOW)
        ).fetchall()
        assert [(row[0], row[5]) for row in changes] == [("vanished", START + timedelta(minutes=1))]


@pytest.mark.parametrize(
    ("arguments", "broken"),
    [
        ({"no_data_after": "10 seconds"}, "no_data_after must not be shorter"),
        ({"sample_interval": "0"}, "sample_interval must be longer"),
        ({"window_start": START, "window_end": START}, "later end"),
        ({"window_start": "1999-01-01"}, "no samples"),
    ],
)
def test_refuses_nonsense(history: Database, arguments: dict[str, Any], broken: str) -> None:
    with history.connect() as connection, pytest.raises(psycopg.errors.InvalidParameterValue, match=broken):
        connection.execute(*call("backtest", {"no_data_after": "5 minutes"} | arguments))


def test_writers_go_on_meanwhile(history: Database) -> None:
    """Hosts send while backtests run: every row is stored and folded, and no error is recorded."""
    stop = threading.Event()
    sent = {f"host-{number}": 0 for number in range(4)}

    def write(host: str) -> None:
        with history.connect() as connection:
            while not stop.is_set():
                at = START + timedelta(minutes=MINUTES + 1 + sent[host])
                status = "stuck" if sent[host] % 3 else "active"
                insert(
                    connection, device_row(at, ffmpeg_status=status, device_name="Device x", host_name=host)
                )
                sent[host] += 1

    writers = [threading.Thread(target=write, args=[host]) for host in sent]
    for writer in writers:
        writer.start()
    during = []
    try:
        with history.connect() as connection:
            for _ in range(3):
                before = sum(sent.values())
                connection.execute(*call("backtest", {"no_data_after": "10 minutes"} | WINDOW))
                during.append(sum(sent.values()) - before)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert all(during), during
    with history.connect() as connection:
        stored = connection.execute(
            "select count(*) from system_device_metrics where device_name = 'Device x'"
        ).fetchone()
        assert stored == (sum(sent.values()),)
        assert connection.execute("select * from incident_engine.error").fetchall() == []
        assert connection.execute("select * from incident.check_invariants()").fetchall() == []
