"""What the database refuses waits aside: it blocks nothing, and what may pass is not given up."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from host_agent import store
from host_agent.rounds import Agent, ticks
from host_agent.spool import Row, Spool
from tests.agent.studio import Studio
from tests.support.rows import minute
from tests.support.servers import Database, server_names

MakeAgent = Callable[[str], Agent]
on_one_server = pytest.mark.parametrize("server", server_names()[:1], indirect=True)


def query(database: Database, statement: str, *values: Any) -> list[Any]:
    with database.connect() as connection:
        found = connection.execute(statement, values or None)
        return found.fetchall() if found.description else []


def count(database: Database, host_name: str = "studio") -> int:
    return query(database, "select count(*) from system_metrics where host_name = %s", host_name)[0][0]


@pytest.fixture
def agent(studio: Studio, make_agent: MakeAgent, database: Database) -> Agent:
    studio.configure("a", "b")
    query(database, "update incident.policy set no_data_after = '100 years'")
    return make_agent(database.url)


def one_round(agent: Agent, number: int) -> bool:
    agent.keep(agent.sample(minute(number)))
    return agent.send()


def due(agent: Agent) -> None:
    """As if every pause were over."""
    agent.spool._database.execute("update spool set not_before = 0")
    agent.spool._database.commit()


# The wrong host_name


@on_one_server
def test_rows_of_a_host_that_is_not_allowed_do_not_block_those_of_one_that_is(
    studio: Studio, database: Database
) -> None:
    """The commonest mistake at the first installation, and its remedy."""
    query(database, "drop role if exists agent_of_studio")
    query(database, "create role agent_of_studio login")
    query(database, "grant incident_agent to agent_of_studio")
    query(database, "select incident.allow_agent('agent_of_studio', 'studio')")
    url = psycopg.conninfo.make_conninfo(database.url, user="agent_of_studio")
    try:
        studio.configure("a")
        right = studio.config.read_text()
        studio.config.write_text(right.replace('host_name = "studio"', 'host_name = "wrong"'))
        code, output = studio.run_agent("once", url=url)
        assert (code, "incident.allow_agent(LOGIN, 'wrong')" in output) == (1, True)

        studio.config.write_text(right)
        code, output = studio.run_agent("once", url=url)
        assert (code, "rows of host wrong wait" in output) == (0, True)
        assert "incident.allow_agent(LOGIN, 'studio')" not in output
        assert count(database) == 1

        code, output = studio.run_agent("spool", "list", url=url)
        assert output.count("waits: 42501 agent_of_studio may not insert rows of host wrong") == 2
        assert studio.run_agent("spool", "drop", "all", url=url) == (0, "2 rows\n")
        code, output = studio.run_agent("check-config", url=url)
        assert (code, "the database takes its rows; this clock is" in output) == (0, True)
        assert count(database) == 1
        query(database, "select incident.forbid_agent('agent_of_studio', 'studio')")
        code, output = studio.run_agent("check-config", url=url)
        assert (code, "incident.allow_agent(LOGIN, 'studio')" in output) == (1, True)
    finally:
        query(database, "drop owned by agent_of_studio")
        query(database, "drop role agent_of_studio")


@on_one_server
def test_once_allowed_the_rows_that_waited_go_through(agent: Agent, database: Database) -> None:
    """As the login of the agent has no rights at the first round."""
    query(database, "drop role if exists late_studio")
    query(database, "create role late_studio login")
    agent_url, os.environ["DATABASE_URL"] = (
        os.environ["DATABASE_URL"],
        psycopg.conninfo.make_conninfo(database.url, user="late_studio"),
    )
    try:
        assert not one_round(agent, 1)
        query(database, "grant incident_agent to late_studio")
        query(database, "select incident.allow_agent('late_studio', 'studio')")
        assert one_round(agent, 2)
        assert count(database) == 2
    finally:
        os.environ["DATABASE_URL"] = agent_url
        query(database, "drop owned by late_studio")
        query(database, "drop role late_studio")


# Rows that are at fault


def test_one_bad_row_in_two_thousand_costs_some_transactions_more(
    agent: Agent, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    proto = agent.sample(minute(0))[0].values
    rows = [
        Row("system_device_metrics", proto | {"timestamp": minute(number).isoformat()})
        for number in range(2000)
    ]
    rows[1234].values["cpu_percent"] = "much"
    agent.keep(rows)
    inserted: list[int] = []
    insert = store.insert
    monkeypatch.setattr(store, "insert", lambda it, rows: (inserted.append(len(rows)), insert(it, rows)))
    assert agent.send()
    assert len(inserted) <= 2 * 11 + 1
    assert query(database, "select count(*) from system_device_metrics") == [(1999,)]
    assert [row.values["timestamp"] for row in agent.spool.rejected()] == [minute(1234).isoformat()]


@on_one_server
def test_what_was_stored_before_time_ran_out_is_not_sent_again(
    agent: Agent, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        agent.keep(agent.sample(minute(number)))
    insert = store.insert

    def fail_at_the_last(connection: Any, rows: list[Row]) -> None:
        if any(row.values["timestamp"] == minute(7).isoformat() for row in rows):
            raise psycopg.errors.DataError if len(rows) > 3 else psycopg.OperationalError("gone")
        insert(connection, rows)

    monkeypatch.setattr(store, "verdict", lambda error, rows: _halve(error, rows))
    monkeypatch.setattr(store, "insert", fail_at_the_last)
    assert not agent.send()
    assert agent.spool.count()[0] <= 6


def _halve(error: psycopg.Error, rows: list[Row]) -> store.Outcome:
    if isinstance(error, psycopg.OperationalError):
        raise error
    return store.Outcome(rows, "bad", for_good=True)


# Trouble of the server

RAISES = "raise exception 'writes are frozen until 03:00';"
DIVIDES = "perform 1 / (select count(*) from pg_class where false);"
WITH_CODE = "raise exception 'quota' using errcode = 'check_violation';"
TRIGGER = """
    create function public.site_check() returns trigger language plpgsql as $$ begin {} return new; end $$;
    create trigger site_check before insert on {} for each row execute function public.site_check()
"""
DROP = "drop trigger site_check on {}; drop function public.site_check()"


@pytest.mark.parametrize("body", [RAISES, DIVIDES, WITH_CODE], ids=["raises", "divides", "with a code"])
@pytest.mark.parametrize("table", ["system_metrics", "system_device_metrics"])
def test_a_trigger_that_fails_is_trouble_that_passes(
    agent: Agent, database: Database, body: str, table: str
) -> None:
    query(database, TRIGGER.format(body, table))
    assert not one_round(agent, 1)
    assert agent.spool.count()[1] == 0
    others = "system_device_metrics" if table == "system_metrics" else "system_metrics"
    assert query(database, f"select count(*) > 0 from {others}") == [(True,)]
    assert all(row.trouble for row in agent.spool.listed())
    query(database, DROP.format(table))
    due(agent)
    assert one_round(agent, 2)
    assert query(database, "select count(*) from system_device_metrics") == [(4,)]
    assert count(database) == 2


def test_a_missing_partition_is_trouble_that_passes(agent: Agent, database: Database) -> None:
    parts = """
        select format('alter table public.system_device_metrics {} partition %s', c.oid::regclass)
            || case when {} then ' ' || pg_get_expr(c.relpartbound, c.oid) else '' end
        from pg_inherits join pg_class as c on c.oid = inhrelid
        where inhparent = 'public.system_device_metrics'::regclass
    """
    detach = [one for (one,) in query(database, parts.format("detach", "false"))]
    attach = [one for (one,) in query(database, parts.format("attach", "true"))]
    for statement in detach:
        query(database, statement)
    assert not one_round(agent, 1)
    assert agent.spool.count()[:2] == (2, 0)
    for statement in attach:
        query(database, statement)
    due(agent)
    assert one_round(agent, 2)
    assert query(database, "select count(*) from system_device_metrics") == [(4,)]


@on_one_server
def test_rows_that_step_aside_wait_longer_each_time(agent: Agent, database: Database) -> None:
    query(database, TRIGGER.format(RAISES, "system_metrics"))
    agent.keep(agent.sample(minute(1)))
    pauses = []
    for _ in range(12):
        due(agent)
        started = time.time()
        agent.send()
        ((until,),) = agent.spool._database.execute("select not_before from spool").fetchall()
        pauses.append(until - started)
    assert [round(one) for one in pauses[:6]] == pytest.approx([1, 2, 4, 8, 16, 32], abs=3)
    assert 600 <= max(pauses) < 620
    assert agent.spool.waiting(10) == []
    agent.spool.retry()
    assert len(agent.spool.waiting(10)) == 1


@on_one_server
def test_a_frozen_table_costs_a_bounded_number_of_attempts(agent: Agent, database: Database) -> None:
    query(database, TRIGGER.format(RAISES, "system_metrics"))
    proto = agent.sample(minute(0))[-1].values
    agent.keep([Row("system_metrics", proto | {"timestamp": minute(one).isoformat()}) for one in range(1000)])
    with database.connect() as connection:
        outcomes = list(store.deliver(connection, agent.spool.waiting(5000)))
    assert len(outcomes) < 2 * store.MOST_REFUSALS
    assert sum(len(outcome.rows) for outcome in outcomes) == 1000
    assert {outcome.for_good for outcome in outcomes} == {False}


# The clock


@on_one_server
def test_the_offset_of_the_clock_travels_with_the_round_it_was_measured_in(
    agent: Agent, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert one_round(agent, 1)
    now = time.time
    monkeypatch.setattr(store.time, "time", lambda: now() + 2400)
    agent.sample(minute(2))  # the round in which the clock was set
    assert one_round(agent, 3)
    found = query(
        database,
        "select (agent ->> 'clock_offset_seconds')::numeric, problem"
        " from system_metrics left join incident.agent_health on reported_at = timestamp order by timestamp",
    )
    assert abs(found[0][0]) < 5
    assert 2395 < found[1][0] < 2405
    assert found[1][1] == "clock 40 min ahead"


@on_one_server
def test_the_truth_of_minutes_that_a_wrong_clock_used_is_stored_too(agent: Agent, database: Database) -> None:
    """An hour ahead for ten minutes, then right: ten minutes come twice."""
    now = [minute(0).timestamp() + 1]

    class Stop:
        def wait(self, seconds: float) -> bool:
            now[0] += seconds
            return False

    rounds = ticks(60, Stop(), lambda: now[0])
    for _ in range(10):
        agent.keep(agent.sample(next(rounds)))
    now[0] -= 300
    for _ in range(10):
        agent.keep(agent.sample(next(rounds)))
    assert agent.send()
    assert count(database) == 20
    stored = query(database, "select count(*), count(distinct timestamp) from system_device_metrics")
    assert stored == [(40, 20)]
    assert agent.spool.latest() == query(database, "select max(timestamp) from system_metrics")[0][0]


# Its own health


@on_one_server
def test_a_half_blind_agent_is_seen_in_the_database(
    studio: Studio, agent: Agent, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/nothing")
    assert not one_round(agent, 1)
    (studio.root / "b").rmdir()
    monkeypatch.setenv("DATABASE_URL", database.url)
    assert one_round(agent, 2)
    (found,) = query(
        database,
        "select backlog_rows, backlog_age_seconds > 0, quarantined, unreadable_folders, last_error, problem"
        " from incident.agent_health",
    )
    assert found[:4] == (3, True, 0, ["b"])
    assert found[4] == f"cannot read b disk: {studio.root}/b: No such file or directory"
    assert found[5].startswith("3 rows wait, for ") and found[5].endswith("; cannot read b")


# Running as a service


@on_one_server
def test_sighup_reads_the_configuration_again(
    studio: Studio, database: Database, wait_until: Callable[..., None]
) -> None:
    studio.interval_seconds = 0.5
    studio.configure("a")
    agent = studio.agent("run", url=database.url)
    folders = "select count(distinct capture_folder) from system_device_metrics"
    wait_until(lambda: query(database, folders) == [(1,)], "a sample", 60)
    right = studio.config.read_text()
    studio.config.write_text("rubbish")
    agent.send_signal(signal.SIGHUP)
    rows = count(database)
    wait_until(lambda: count(database) > rows + 2, "more samples", 60)
    studio.config.write_text(right)
    studio.configure("a", "b")
    agent.send_signal(signal.SIGHUP)
    wait_until(lambda: query(database, folders) == [(2,)], "the second device", 60)
    agent.send_signal(signal.SIGTERM)
    output, _ = agent.communicate(timeout=20)
    assert agent.returncode == 0
    assert "the configuration stays as it was: " in output
    assert f"read {studio.config} again" in output


def test_systemd_hears_from_it(studio: Studio, tmp_path: Path, wait_until: Callable[..., None]) -> None:
    studio.interval_seconds = 0.5
    studio.configure()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(30)
        agent = studio.agent("run", NOTIFY_SOCKET=str(tmp_path / "notify"), PGHOST=str(tmp_path))
        assert [listener.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
        agent.send_signal(signal.SIGTERM)
        while listener.recv(100) != b"STOPPING=1":
            pass
        agent.wait(20)


def test_the_time_to_connect_is_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/incident")
    assert store.connection_parameters()["connect_timeout"] == 5
    monkeypatch.setenv("PGCONNECT_TIMEOUT", "17")
    assert "connect_timeout" not in store.connection_parameters()
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/incident?connect_timeout=3")
    assert store.connection_parameters()["connect_timeout"] == "3"


@on_one_server
def test_once_measures_the_cpu_over_a_second(studio: Studio, database: Database) -> None:
    studio.configure()
    assert studio.run_agent("once", url=database.url)[0] == 0
    ((cpu, writes),) = query(database, "select cpu_percent, disk_write_mb_per_sec from system_metrics")
    assert 0 <= cpu <= 100
    assert writes is not None
    assert Spool(studio.root / "spool.sqlite3").count() == (0, 0, None)
