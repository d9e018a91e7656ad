"""The agent and its database: nothing lost, nothing twice, whatever happens on the way."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import psutil
import psycopg
import pytest

from host_agent import store
from host_agent.rounds import Agent
from host_agent.spool import Row, Spool
from tests.agent.studio import Studio
from tests.support.rows import minute
from tests.support.servers import Database, Server, server_names

MakeAgent = Callable[[str], Agent]
Wait = Callable[..., None]

# What is about the agent alone does not depend on the version of the server.
on_one_server = pytest.mark.parametrize("server", server_names()[:1], indirect=True)

SAMPLES = """
    select timestamp, device_name, ffmpeg_status, monitor_status from system_device_metrics
    order by timestamp, device_name
"""
HISTORY = """
    select device_name, started_at, ended_at::text, ffmpeg_status, monitor_status from incident.device_state
    order by device_name, started_at
"""
INCIDENTS = """
    select device_name, component, severity, status, detected_at, resolved_at from system_incident
    where retracted_at is null
    order by device_name, component, detected_at
"""
COUNT = "select count(*), count(distinct timestamp) from system_device_metrics"


def query(database: Database, statement: str) -> list[Any]:
    with database.connect() as connection:
        return connection.execute(statement).fetchall()


def forget_silence(database: Database) -> None:
    """The samples of these tests are months old: that is no silence."""
    with database.connect() as connection:
        connection.execute("update incident.policy set no_data_after = '100 years'")


@pytest.fixture
def agent(studio: Studio, make_agent: MakeAgent, database: Database) -> Agent:
    studio.configure("a", "b")
    forget_silence(database)
    return make_agent(database.url)


def one_round(agent: Agent, number: int) -> bool:
    agent.keep(agent.sample(minute(number)))
    return agent.send()


# Storing


def test_a_round_is_stored_by_a_role_that_may_only_insert(
    studio: Studio, make_agent: MakeAgent, database: Database
) -> None:
    studio.configure("a", "b")
    studio.file("a/x.ts")
    with database.connect() as connection:
        connection.execute("select incident.allow_agent(session_user, 'studio')")
        connection.execute("set role incident_agent")
        assert store.store_system_metrics(connection, make_agent("").sample(minute(1))) == []
    assert query(database, SAMPLES) == [
        (minute(1), "TV a", "active", "stopped"),
        (minute(1), "TV b", "stopped", "stopped"),
    ]
    (host,) = query(database, "select host_name, ffmpeg_status, monitor_status from system_metrics")
    assert host == ("studio", {"a": "active", "b": "stopped"}, {"a": "stopped", "b": "stopped"})
    names = "select column_name from information_schema.columns where table_name = 'system_device_metrics'"
    columns = {name for (name,) in query(database, names)} - {"id", "created_at"}
    assert set(make_agent("").sample(minute(1))[0].values) == columns


@on_one_server
def test_storing_again_changes_nothing(agent: Agent, database: Database) -> None:
    rows = agent.sample(minute(1))
    with database.connect() as connection:
        store.store_system_metrics(connection, rows)
        store.store_system_metrics(connection, rows)
    assert query(database, COUNT) == [(2, 1)]


@on_one_server
def test_a_round_is_one_transaction(agent: Agent, database: Database) -> None:
    one_round(agent, 1)
    transactions = """
        select count(distinct xmin::text) from (
            select xmin from system_metrics union all select xmin from system_device_metrics
        ) as row
    """
    assert query(database, transactions) == [(1,)]


@on_one_server
def test_once_stores_a_sample_of_now(studio: Studio, database: Database) -> None:
    studio.configure("a")
    code, output = studio.run_agent("once", url=database.url)
    assert (code, query(database, COUNT)) == (0, [(1, 1)]), output


# Rows that the database refuses


def test_a_refused_row_goes_into_quarantine_and_the_rest_through(
    agent: Agent, database: Database, studio: Studio
) -> None:
    rows = agent.sample(minute(1))
    rows[0].values["cpu_percent"] = "much"
    agent.keep(rows)
    agent.keep(agent.sample(minute(2)))
    assert agent.send()
    assert [row[:2] for row in query(database, SAMPLES)] == [
        (minute(1), "TV b"),
        (minute(2), "TV a"),
        (minute(2), "TV b"),
    ]
    assert query(database, "select count(*) from system_metrics") == [(2,)]

    code, output = studio.run_agent("spool")
    assert (code, output) == (0, "0 rows waiting, 1 in quarantine\n")
    code, output = studio.run_agent("spool", "list")
    assert output == (
        "1  2026-03-02T10:01:00+00:00  system_device_metrics studio a  "
        '22P02 invalid input syntax for type numeric: "much"\n'
    )
    assert studio.run_agent("spool", "retry", "1") == (0, "1 rows\n")
    assert agent.send()
    assert agent.spool.count()[:2] == (0, 1)
    code, output = studio.run_agent("spool", "drop")
    assert (code, "spool drop all" in output) == (2, True)
    assert studio.run_agent("spool", "drop", "all") == (0, "1 rows\n")
    assert agent.spool.count() == (0, 0, None)


@pytest.mark.parametrize(
    "column, value, sqlstate",
    [
        ("ffmpeg_status", "sleeping", "23514"),
        ("load_average_1m", 1000, "22003"),
        ("device_name", None, "23502"),
        ("device_model", "\0", "22P05"),
        ("timestamp", "yesterday at noon", "22007"),
    ],
)
def test_what_the_database_says_of_a_row_is_kept(
    agent: Agent, database: Database, column: str, value: object, sqlstate: str
) -> None:
    rows = agent.sample(minute(1))
    rows[1].values[column] = value
    agent.keep(rows)
    assert agent.send()
    (refused,) = agent.spool.rejected()
    assert refused.rejected.startswith(sqlstate)
    assert query(database, COUNT) == [(1, 1)]


@on_one_server
@pytest.mark.parametrize(
    "trouble, remedy",
    [
        ("alter table system_metrics rename to elsewhere", "alter table elsewhere rename to system_metrics"),
        (
            "alter table system_metrics rename architecture to a",
            "alter table system_metrics rename a to architecture",
        ),
    ],
)
def test_trouble_of_the_server_puts_no_row_into_quarantine(
    agent: Agent, database: Database, trouble: str, remedy: str
) -> None:
    query_nothing(database, trouble)
    assert not one_round(agent, 1)
    assert not one_round(agent, 2)
    assert agent.spool.count()[:2] == (6, 0)
    query_nothing(database, remedy)
    assert one_round(agent, 3)
    assert query(database, COUNT) == [(6, 3)]


def query_nothing(database: Database, statement: str) -> None:
    with database.connect() as connection:
        connection.execute(statement)


# The database goes away


def test_an_outage_loses_no_row_and_leaves_the_history_it_would_have_been(
    studio: Studio, make_agent: MakeAgent, private_server: Callable[..., Server], wait_until: Wait
) -> None:
    server = private_server()
    database = server.database("migrated")
    undisturbed = server.database("migrated")
    for one in (database, undisturbed):
        forget_silence(one)
    studio.configure("a", "b")
    agent = make_agent(database.url)

    def status_of_a(status: str) -> None:
        """What the files and processes of the device say from now on."""
        if status == "active":
            studio.file("a/x.ts", -4)
        else:
            studio.file("a/x.ts", 100)

    everything: list[Row] = []
    studio.file("b/x.ts", -4)
    for number in range(12):
        status_of_a("stopped" if number in (2, 3, 5, 6, 7) else "active")
        studio.file("b/x.ts", 100 if number in (6, 7, 8) else -4)
        if number == 3:
            server.stop()
        if number == 9:
            server.start()
        rows = agent.sample(minute(number))
        everything += rows
        agent.keep(rows)
        assert agent.send() == (number not in range(3, 9))
        assert agent.spool.count()[0] == (3 * (number - 2) if number in range(3, 9) else 0)

    with undisturbed.connect() as connection:
        for row in everything:
            store.store_system_metrics(connection, [row])
    assert query(database, SAMPLES) == query(undisturbed, SAMPLES)
    assert len(query(database, SAMPLES)) == 24
    assert query(database, HISTORY) == query(undisturbed, HISTORY)
    assert query(database, INCIDENTS) == query(undisturbed, INCIDENTS)
    assert [row[:4] for row in query(database, INCIDENTS) if row[1] == "ffmpeg"] == [
        ("TV a", "ffmpeg", "critical", "resolved"),
        ("TV a", "ffmpeg", "critical", "resolved"),
        ("TV b", "ffmpeg", "critical", "resolved"),
    ]


@on_one_server
def test_a_running_agent_survives_the_outage_by_itself(
    studio: Studio, private_server: Callable[..., Server], wait_until: Wait
) -> None:
    server = private_server()
    database = server.database("migrated")
    studio.interval_seconds = 0.25
    studio.configure("a")
    agent = studio.agent("run", url=database.url)
    wait_until(lambda: query(database, COUNT)[0][0] >= 2, "two samples")
    spool = Spool(studio.root / "spool.sqlite3")
    server.stop()
    wait_until(lambda: spool.count()[0] >= 6, "six rows waiting")
    server.start()
    wait_until(lambda: spool.count()[0] == 0, "an empty spool")
    agent.send_signal(signal.SIGTERM)
    output, _ = agent.communicate(timeout=30)
    assert agent.returncode == 0
    assert "not stored" in output
    assert "the database is back" in output
    assert output.endswith("INFO stopped\n")
    # Both rows of a round, each round once, and those of the outage among them.
    hosts = query(database, "select timestamp from system_metrics order by timestamp")
    assert hosts == query(database, "select timestamp from system_device_metrics order by timestamp")
    assert len(hosts) >= 5
    assert all(time.timestamp() * 4 % 1 == 0 for (time,) in hosts)


@on_one_server
def test_a_long_outage_is_made_up_in_batches(agent: Agent, database: Database) -> None:
    for number in range(10):
        agent.keep(agent.sample(minute(number)))
    agent._batch = 9
    assert agent.send()
    assert query(database, COUNT) == [(20, 10)]


@on_one_server
def test_a_server_that_does_not_answer_ends_the_round_not_the_agent(
    studio: Studio,
    make_agent: MakeAgent,
    private_server: Callable[..., Server],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Frozen with its connections open: no timeout of the server or the network helps."""
    server = private_server()
    database = server.database("migrated")
    studio.configure("a")
    agent = make_agent(database.url)
    monkeypatch.setattr(agent, "_budget", lambda: 0.5)
    connect = store.connect
    alarm = threading.Timer(10, lambda: signal_all(server, signal.SIGCONT))  # rather fail than hang
    alarm.start()

    def connect_then_freeze() -> psycopg.Connection[Any]:
        connection = connect()
        signal_all(server, signal.SIGSTOP)
        return connection

    try:
        for freezing in (connect_then_freeze, connect):  # in mid-query, then already when connecting
            monkeypatch.setattr(store, "connect", freezing)
            started = time.monotonic()
            assert not one_round(agent, 1)
            assert time.monotonic() - started < 3
    finally:
        alarm.cancel()
        signal_all(server, signal.SIGCONT)
    monkeypatch.setattr(agent, "_budget", lambda: 20)
    assert one_round(agent, 2)
    assert query(database, COUNT) == [(2, 2)]


def signal_all(server: Server, number: int) -> None:
    postmaster = psutil.Process(server.cluster.pid())
    for process in (postmaster, *postmaster.children(recursive=True)):
        process.send_signal(number)


@on_one_server
def test_a_full_disk_does_not_keep_the_rows_from_the_database(agent: Agent, database: Database) -> None:
    agent.spool._database.execute("pragma max_page_count = 1")
    agent.keep(agent.sample(minute(1)) * 100)
    assert agent.send()
    assert query(database, COUNT) == [(2, 1)]


# The agent goes away


@on_one_server
def test_sigterm_ends_it_at_once_while_it_waits_for_the_minute(
    studio: Studio, database: Database, wait_until: Wait
) -> None:
    studio.configure("a")
    agent = studio.agent("run", url=database.url)
    assert "1 devices, a sample every 60 s" in agent.stdout.readline()
    assert ends_within_seconds(agent, 20)  # of a minute, however busy the machine


@on_one_server
def test_sigterm_ends_it_at_once_while_it_waits_for_the_database(
    studio: Studio, database: Database, wait_until: Wait
) -> None:
    studio.configure("a")
    with database.connect(autocommit=False) as connection:
        connection.execute("lock table system_device_metrics in exclusive mode")
        agent = studio.agent("once", url=database.url)
        wait_until(lambda: waits_for(database, "Lock"), "waiting for the lock")
        assert ends_within_seconds(agent, 10)  # of the 20 after which the statement would be cancelled
    assert agent.returncode == 1
    assert Spool(studio.root / "spool.sqlite3").count()[0] == 2


def ends_within_seconds(process: Any, seconds: float) -> bool:
    process.send_signal(signal.SIGTERM)
    process.wait(seconds)
    return True


def waits_for(database: Database, kind: str) -> bool:
    waiting = (
        "select from pg_stat_activity"
        " where datname = current_database() and application_name = 'host-agent'"
        f" and wait_event_type = '{kind}'"
    )
    return bool(query(database, waiting))


@on_one_server
@pytest.mark.parametrize("moment", ["before the commit", "after the commit"])
def test_killed_while_sending_it_loses_nothing_and_sends_nothing_twice(
    studio: Studio, make_agent: MakeAgent, database: Database, wait_until: Wait, moment: str
) -> None:
    """The server is held up in the transaction: in the insert, or in its commit, which then comes to pass
    although the agent never hears of it."""
    studio.configure("a", "b")
    query_nothing(
        database,
        """
        create function public.hold() returns trigger language plpgsql as
        $$ begin perform pg_advisory_xact_lock_shared(42); return null; end $$;
        create constraint trigger hold after insert on system_metrics
        deferrable initially deferred for each row execute function public.hold()
        """,
    )
    hold = {
        "before the commit": "lock table system_device_metrics in exclusive mode",
        "after the commit": "select pg_advisory_xact_lock(42)",
    }[moment]
    with database.connect(autocommit=False) as connection:
        connection.execute(hold)
        agent = studio.agent("once", url=database.url)
        wait_until(lambda: waits_for(database, "Lock"), "waiting for the lock")
        agent.kill()
        agent.wait()
    wait_until(lambda: not waits_for(database, "Lock"), "the end of the transaction")
    stored = 2 if moment == "after the commit" else 0
    wait_until(lambda: query(database, COUNT)[0][0] == stored, "its outcome")

    again = make_agent(database.url)
    assert again.spool.count()[:2] == (3, 0)
    assert again.send()
    assert again.spool.count() == (0, 0, None)
    assert query(database, COUNT) == [(2, 1)]
    assert query(database, "select count(*) from system_metrics") == [(1,)]


# Credentials


@pytest.mark.parametrize(
    "url, code",
    [
        ("postgresql//studio:t0psecret@db/incident", 2),
        ("postgresql://studio:t0psecret@127.0.0.1:1/incident", 1),
        ("postgresql://studio:t0psecret@db.invalid/incident?connect_timeout=1", 1),
    ],
)
def test_the_password_is_never_shown(studio: Studio, url: str, code: int) -> None:
    studio.configure("a")
    found, output = studio.run_agent("once", url=url)
    assert found == code
    assert "t0psecret" not in output
    assert output.splitlines()[-1]


@on_one_server
def test_without_a_url_libpq_finds_the_database(studio: Studio, database: Database) -> None:
    studio.configure("a")
    parameters = psycopg.conninfo.conninfo_to_dict(database.url)
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "dbname": "PGDATABASE",
        "user": "PGUSER",
        "password": "PGPASSWORD",
    }
    variables = {names[key]: str(value) for key, value in parameters.items() if key in names}
    assert studio.run_agent("once", **variables)[0] == 0
    assert query(database, COUNT) == [(1, 1)]
