"""Broken and hostile rows, through SQL, COPY and the host agent: a clear error or stored safely, good rows
unharmed, and afterwards the engine, the sweep, the views and the dashboards go on as if nothing had been."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg import sql

from host_agent import store
from host_agent.spool import Row
from tests.grafana import checks
from tests.grafana.expansion import View, expand
from tests.grafana.frames import run, viewer
from tests.security.conftest import Login, MakeLogin
from tests.support.rows import device_row, host_row, insert
from tests.support.servers import Database, server_names

on_one_server = pytest.mark.parametrize("server", server_names()[:1], indirect=True)

DEVICES, HOSTS = "system_device_metrics", "system_metrics"
SQL_IN_TEXT = "'); drop table public.system_incident; -- \" $$ $1 %s %I {x} ${host} \\ o'brien"
SCRIPT_IN_TEXT = '<script>alert(1)</script> [x](javascript:alert(1)) {{ $labels.host }} =cmd|"/c calc"!A1'
CONTROL = "\x01\x07\x08\t\n\r\x1b[31m\x1b]0;title\x07\x7f\u0085\u200b\u202e"
LONG = "wide " * 10_000_000  # 50 MB


@dataclass(frozen=True)
class Case:
    name: str
    columns: dict[str, Any]
    sqlstate: str | None = None  # None: it is stored
    table: str = DEVICES
    agent: str | None = field(default=None)  # SQLSTATE by way of the agent, where JSON fails in another way


def refused(name: str, sqlstate: str, table: str = DEVICES, agent: str | None = None, **columns: Any) -> Case:
    return Case(name, columns, sqlstate, table, agent)


def stored(name: str, table: str = DEVICES, **columns: Any) -> Case:
    return Case(name, columns, None, table)


TEXTS = (
    *("device_id", "device_name", "device_port", "device_model", "capture_folder", "video_device"),
    *("platform", "architecture", "disk_usage_capture"),
)

CASES = [
    # wrong types
    refused("a word for a number", "22P02", cpu_percent="lots"),
    refused("a fraction for an integer", "22P02", uptime_seconds="1.5"),
    refused("a word for a time", "22007", ffmpeg_last_activity="soon"),
    refused("a day that is none", "22008", ffmpeg_last_activity="2026-02-30"),
    refused("a word for an uuid", "22P02", id="me"),
    refused("what is no JSON", "22P02", HOSTS, ffmpeg_status="{broken", agent="stored"),
    refused("JSON without end", "54001", HOSTS, ffmpeg_status="[" * 100_000, agent="stored"),
    stored("any JSON", HOSTS, ffmpeg_status='{"a": [1, null, {"b": "' + "x" * 1000 + '"}]}'),
    # numbers
    refused("too big for numeric(5,2)", "22003", load_average_1m="1000"),
    refused("too big for numeric(10,2)", "22003", HOSTS, disk_write_mb_per_sec="1e9"),
    refused("too big for bigint", "22003", uptime_seconds="9223372036854775808"),
    refused("too big for integer", "22003", HOSTS, speedtest_age_seconds="2147483648"),
    refused("too big for numeric", "22003", cpu_percent="1e200000"),
    refused("infinite, with digits counted", "22003", load_average_5m="Infinity"),
    stored("not a number", cpu_percent="NaN", load_average_1m="NaN", disk_percent="NaN"),
    stored("infinite", cpu_percent="Infinity", memory_percent="-Infinity"),
    stored("negative and huge", cpu_percent="-1e1000", disk_percent="1e1000", uptime_seconds=-(2**63)),
    stored("not a number of a host", HOSTS, cpu_percent="NaN", memory_percent="Infinity", disk_percent="-1"),
    # times
    refused("at infinity", "23514", timestamp="infinity"),
    refused("before all time", "23514", timestamp="-infinity"),
    refused("of a host at infinity", "23514", HOSTS, timestamp="infinity"),
    refused("after the last year", "22008", timestamp="300000-01-01 00:00+00"),
    refused("no time at all", "22007", timestamp=""),
    refused("without a time", "23502", timestamp=None),
    stored("in the last year", timestamp="294275-12-31 00:00+00"),
    stored("in the first year", timestamp="4713-01-01 00:00+00 BC"),
    stored("in the year 1", timestamp="0001-01-01 00:00+00", ffmpeg_status="stuck"),
    stored("in 2100", timestamp="2100-01-01 00:00+00", ffmpeg_status="stopped"),
    stored("of a host in 2100", HOSTS, timestamp="2100-01-01 00:00+00"),
    stored("active at infinity", ffmpeg_last_activity="infinity", monitor_last_activity="-infinity"),
    # what the contract refuses
    refused("no name", "23502", device_name=None),
    refused("an empty name", "23514", device_name=""),
    refused("the folder unknown", "23514", capture_folder="unknown"),
    refused("a status that is none", "23514", ffmpeg_status="broken"),
    refused("no status", "23502", monitor_status=None),
    refused("SQL for a status", "23514", monitor_status=SQL_IN_TEXT),
    # texts
    *(stored(f"SQL in {name}", ffmpeg_status="stuck", **{name: SQL_IN_TEXT}) for name in TEXTS),
    stored("SQL in every text", ffmpeg_status="stopped", **dict.fromkeys(TEXTS, SQL_IN_TEXT)),
    stored("SQL in a server's name", HOSTS, server_name=SQL_IN_TEXT, platform=SQL_IN_TEXT),
    stored("a script in every text", ffmpeg_status="stuck", **dict.fromkeys(TEXTS, SCRIPT_IN_TEXT)),
    stored("control characters in every text", monitor_status="stuck", **dict.fromkeys(TEXTS, CONTROL)),
    stored(
        "the longest names",
        **dict.fromkeys(("device_id", "device_name", "capture_folder"), "é" * 250),
        ffmpeg_status="stuck",
    ),
    refused("names longer than an index takes", "23514", device_name="x" * 501),
    refused("a folder longer than an index takes", "23514", capture_folder="é" * 251),
    refused("an id longer than an index takes", "23514", device_id="x" * 501),
    refused("a name of 50 MB", "23514", device_name=LONG),
    refused("a status of 50 MB", "23514", ffmpeg_status=LONG),
    stored("50 MB of text", disk_usage_capture=LONG),
]


def base(case: Case, number: int) -> dict[str, Any]:
    """The row of a case: a device and a minute of its own unless the case says otherwise."""
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2) + timedelta(minutes=number)
    if case.table == HOSTS:
        return host_row(at) | case.columns
    own = {"device_name": f"Device of case {number}", "capture_folder": f"case{number}"}
    return device_row(at, **(own | case.columns))


def good(number: int) -> dict[str, Any]:
    """A row with nothing wrong that comes along with each case."""
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2) + timedelta(minutes=number)
    return device_row(at, device_name="Good device", capture_folder="good")


def count(database: Database, table: str = DEVICES, where: str = "true") -> int:
    with database.connect() as connection:
        return connection.execute(f"select count(*) from public.{table} where {where}").fetchone()[0]


@contextlib.contextmanager
def expected(case: Case, sqlstate: str | None) -> Iterator[None]:
    """What is inside fails with this SQLSTATE, in words that say what was wrong, or not at all."""
    try:
        yield
    except psycopg.Error as error:
        assert sqlstate is not None, f"{case.name}: {error.sqlstate} {error}"
        assert error.sqlstate == sqlstate, f"{case.name}: {error.sqlstate} {error}"
        assert len(str(error)) < 2_000, f"{case.name}: an error that nobody can read"
    else:
        assert sqlstate is None, f"{case.name}: was stored"


def all_is_alive(database: Database, operator: Login) -> None:
    """The engine has caught no error, history and incidents are what the samples say, people can work, every
    view and panel answers."""
    with database.connect() as connection:
        for days in (0, 1):
            connection.execute("select incident.sweep(now() + %s * interval '1 day')", [days])
        errors = connection.execute("select sqlstate, message, touched from incident_engine.error").fetchall()
        assert errors == []
        assert connection.execute("select * from incident.check_invariants()").fetchall() == []
        assert connection.execute("select * from incident.rebuild()").fetchall() == []
        assert connection.execute("select to_regclass('public.system_incident')").fetchone() != (None,)
        incidents = connection.execute(
            "select incident_id from public.system_incident where status = 'open' order by 1"
        ).fetchall()
        assert incidents
    with operator.connect() as connection:
        for (number,) in incidents:
            connection.execute("select incident.acknowledge(%s, note => %s)", [number, SQL_IN_TEXT + CONTROL])
        screen = connection.execute("select topic, answer from incident.status()").fetchall()
        assert screen
        assert all(line.isprintable() or "\u200b" in line or "\u202e" in line for _, line in screen)
        assert not any(character in line for _, line in screen for character in "\x1b\x07\n")
        for view in (
            "active",
            "recent",
            "health",
            "summary",
            "availability()",
        ):
            connection.execute(f"select * from incident.{view}")
        assert connection.execute("select * from incident.verify_timeline()").fetchall() == []
    with viewer(database.url) as connection:
        now = datetime.now(UTC)
        views = [
            View(now - timedelta(hours=6), now, {"incident": str(number)}) for (number,) in incidents[:1]
        ] + [View(now - timedelta(hours=6), now, {"host": [SQL_IN_TEXT], "device": [SQL_IN_TEXT, CONTROL]})]

        def ask(query: str, variables: list[dict[str, Any]], view: View, form: str) -> Any:
            return run(connection, expand(query, variables, view), form)

        for name, dashboard in checks.committed().items():
            assert list(checks.queries(dashboard, ask, views)) == [], name


@pytest.fixture
def agent(login: MakeLogin) -> Login:
    return login("incident_agent", "host-1", SQL_IN_TEXT, CONTROL)


@pytest.fixture
def operator(login: MakeLogin) -> Login:
    return login("incident_operator")


def test_through_sql(database: Database, agent: Login, operator: Login) -> None:
    with agent.connect() as connection:
        for number, case in enumerate(CASES):
            with expected(case, case.sqlstate):
                insert(connection, base(case, number), case.table)
            insert(connection, good(number))
        for name in (SQL_IN_TEXT, CONTROL):
            insert(connection, [device_row(host_name=name, ffmpeg_status="stuck")])
            insert(connection, host_row(host_name=name), HOSTS)
    assert count(database, DEVICES, "device_name = 'Good device'") == len(CASES)
    all_is_alive(database, operator)


def test_through_copy(database: Database, operator: Login) -> None:
    """Row security keeps agents from COPY; the owner loads files with it."""
    with database.connect() as connection:
        for number, case in enumerate(CASES):
            row = base(case, number)
            statement = sql.SQL("copy public.{} ({}) from stdin").format(
                sql.Identifier(case.table), sql.SQL(", ").join(map(sql.Identifier, row))
            )
            with expected(case, case.sqlstate), connection.cursor().copy(statement) as copy:
                copy.write_row(list(row.values()))
            insert(connection, good(number))
    assert count(database, DEVICES, "device_name = 'Good device'") == len(CASES)
    all_is_alive(database, operator)


def test_through_the_host_agent(database: Database, agent: Login, operator: Login) -> None:
    """Each with good rows before and after it in one round: the bad one alone is refused, with a reason."""
    with agent.connect(prepare_threshold=None) as connection:
        for number, case in enumerate(CASES):
            row = {
                key: value.isoformat() if isinstance(value, datetime) else value
                for key, value in base(case, number).items()
            }
            plain = {key: str(value) for key, value in good(number).items()}
            rows = [
                Row(DEVICES, plain, 1),
                Row(case.table, row, 2),
                Row(DEVICES, plain | {"device_name": "Another good device"}, 3),
            ]
            outcome = store.store_system_metrics(connection, rows)
            sqlstate = None if case.agent == "stored" else case.agent or case.sqlstate
            assert [one.id for one in outcome] == ([2] if sqlstate else []), f"{case.name}: {outcome}"
            if sqlstate:
                assert outcome[0].rejected.startswith(f"{sqlstate} "), f"{case.name}: {outcome[0].rejected}"
                assert len(outcome[0].rejected) < 500
    for name in ("Good device", "Another good device"):
        assert count(database, DEVICES, f"device_name = '{name}'") == len(CASES)
    all_is_alive(database, operator)


# Bytes that are no text


def test_nul_and_invalid_utf8_are_refused_whichever_way_they_come(
    database: Database, agent: Login, operator: Login
) -> None:
    columns = "host_name, device_id, device_name, capture_folder, timestamp"
    with agent.connect() as connection:
        for text, sqlstate in (("E'a\\000b'", "22021"), ("E'a\\xffb'", "22021"), ("U&'a\\D800'", "42601")):
            with pytest.raises(psycopg.Error) as error:
                connection.execute(
                    f"insert into public.{DEVICES} ({columns}) values ('host-1', 'd', {text}, 'f', now())"
                )
            assert error.value.sqlstate == sqlstate
        connection.execute("set client_encoding = latin1")  # bytes are then letters, and stored as such
        insert(connection, device_row(device_name="Gerät"))
        connection.execute("set client_encoding = utf8")
        for name, sqlstate in (("a\0b", "22P05"), ("a\ud800b", "22P02"), ("a\udcffb", "22P02")):
            row = {key: str(value) for key, value in (device_row(1) | {"device_name": name}).items()}
            (refusal,) = store.store_system_metrics(connection, [Row(DEVICES, row)])
            assert refusal.rejected.startswith(sqlstate)
    with database.connect() as connection:
        for octets in (b"a\x00b", b"a\xffb", b"a\xed\xa0\x80b", b"a\xc0\xafb"):
            statement = f"copy public.{DEVICES} ({columns}) from stdin"
            with pytest.raises(psycopg.Error) as error, connection.cursor().copy(statement) as copy:
                copy.write(b"host-1\td\t" + octets + b"\tf\t2026-03-02 10:00+00\n")
            assert error.value.sqlstate == "22021"
        names = connection.execute(f"select device_name from public.{DEVICES}").fetchall()
        assert names == [("Gerät",)]
        insert(connection, device_row(2, ffmpeg_status="stuck"))
    all_is_alive(database, operator)


# Batches of 100 MB

MEGABYTE = "0123456789abcdef" * 65_536


@on_one_server
@pytest.mark.parametrize("way", ["sql", "copy", "agent"])
def test_a_batch_of_100_mb(database: Database, agent: Login, operator: Login, way: str) -> None:
    rows = [
        device_row(
            datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=number),
            ffmpeg_status="stuck",
            disk_usage_capture=MEGABYTE,
        )
        for number in range(100)
    ]
    if way == "sql":
        with agent.connect() as connection:
            insert(connection, rows, on_conflict="do nothing")
    elif way == "copy":
        with database.connect() as connection:
            statement = f"copy public.{DEVICES} ({', '.join(rows[0])}) from stdin"
            with connection.cursor().copy(statement) as copy:
                for row in rows:
                    copy.write_row(list(row.values()))
    else:
        with agent.connect(prepare_threshold=None) as connection:
            texts = [row | {"timestamp": row["timestamp"].isoformat()} for row in rows]
            assert store.store_system_metrics(connection, [Row(DEVICES, row) for row in texts]) == []
    assert count(database) == 100
    all_is_alive(database, operator)
