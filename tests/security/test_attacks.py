"""What each group must not be able to do, tried as a real login of that group.

The databases here are kinder to attackers than a site's should be: where it is about hijacking, logins may
create objects in schema public and schemas of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql

from tests.security.conftest import Login, MakeLogin
from tests.support.rows import device_row, device_rows, host_row, insert, minute
from tests.support.servers import Database, server_names

on_one_server = pytest.mark.parametrize("server", server_names()[:1], indirect=True)

DENIED = errors.InsufficientPrivilege  # 42501: no such right, or row security
SAMPLE = (
    "insert into public.system_device_metrics"
    " (host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status)"
    " values ('{}', 'd', 'Device', 'capture9', now(), '{}')"
)

READING = [
    *("public.system_device_metrics", "public.system_metrics", "public.system_incident"),
    *(
        "incident.timeline",
        "incident.device",
        "incident.device_state",
        "incident.policy",
        "incident.maintenance",
    ),
    *("incident.active", "incident.recent", "incident.health", "incident.agents", "incident.not_adopted"),
]
ENGINE = [
    "select * from incident_engine.error",
    "delete from incident_engine.operator_action",
    "update incident_engine.sweep_state set swept_to = 'infinity'",
    "select incident_engine.fold('{}')",
    "select incident_engine.timeline_hash(null)",
    "select incident_engine.begin_incident_changes(array[1], 'x', now())",
    "select incident_engine.ensure_partition('2030-01-01')",
    "create table incident_engine.mine ()",
    "create function incident_engine.mine() returns integer language sql return 1",
]
OWNERS_WORK = [
    "alter table public.system_incident disable trigger user",
    "alter table public.system_device_metrics disable row level security",
    "alter table incident.timeline drop constraint timeline_is_one_chain",
    "create trigger mine before insert on public.system_metrics"
    " for each row execute function suppress_redundant_updates_trigger()",
    "create rule mine as on insert to incident.timeline do instead nothing",
    "create policy mine on public.system_metrics for all using (true)",
    "create or replace function incident.acknowledge(bigint, text, text, timestamptz)"
    " returns public.system_incident language sql return null",
    "create table incident.mine ()",
    "create statistics public.mine on host_name, device_name from public.system_device_metrics",
    "truncate public.system_device_metrics",
    "do $$ begin lock table public.system_device_metrics in access exclusive mode; end $$",
    "set session authorization postgres",
    "set role pg_database_owner",
    "set session_replication_role = replica",
    "select nextval('public.system_incident_incident_id_seq')",
    "select * from public.system_incident_incident_id_seq",
    "drop schema incident cascade",
]
WRITING = [
    "update public.system_incident set status = 'closed', closed_at = now() where incident_id = 2",
    "update public.system_incident set severity = 'low'",
    "delete from public.system_incident",
    "insert into public.system_incident (host_name, device_id, device_name, capture_folder, incident_type,"
    " severity, component, detected_at)"
    " values ('host-1', 'd', 'd', 'f', 'ffmpeg_failure', 'low', 'ffmpeg', now())",
    "insert into incident.timeline (host_name, incident_id, happened_at, event, operator)"
    " values ('host-1', 1, now(), 'commented', 'ada')",
    "update incident.timeline set note = ''",
    "delete from incident.timeline",
    "update incident.device set ffmpeg_status = 'active'",
    "delete from incident.device_state",
    "insert into incident.maintenance (host_name, period, reason, added_by)"
    " values ('host-1', '[2026-03-01, 2026-03-09)', 'x', 'x')",
    "update incident.policy set sla_target = 1",
    "insert into incident_engine.agent_host (login, host_name) values (session_user, 'host-2')",
    "update public.system_device_metrics set ffmpeg_status = 'active'",
    "delete from public.system_device_metrics",
]
ADMINS_WORK = [
    "select incident.allow_agent(session_user, 'host-2')",
    "select incident.forbid_agent('x')",
    "select incident.sweep()",
    "select * from incident.rebuild()",
]
OPERATORS_WORK = [
    "select incident.acknowledge(1)",
    "select incident.resolve(1)",
    "select incident.close(2)",
    "select incident.add_maintenance('host-1', now(), now() + interval '1 h', 'x')",
]

REFUSED = {
    None: [f"select from {one}" for one in READING]
    + ["select from incident_engine.agent_host", SAMPLE.format("host-1", "stuck"), *OPERATORS_WORK],
    "incident_agent": [f"select from {one}" for one in READING] + OPERATORS_WORK,
    "incident_viewer": [SAMPLE.format("host-1", "stuck"), *OPERATORS_WORK],
    "incident_operator": [SAMPLE.format("host-1", "stuck")],
    "incident_admin": [SAMPLE.format("host-1", "stuck")],
}
for role, statements in REFUSED.items():
    statements += [*WRITING, *ENGINE, *OWNERS_WORK, *(ADMINS_WORK if role != "incident_admin" else [])]


def all_that_matters(database: Database) -> list[Any]:
    with database.connect() as connection:
        return [
            connection.execute(
                f"select md5(string_agg(t::text, '' order by t::text)) from {table} as t"
            ).fetchone()
            for table in (
                *("public.system_device_metrics", "public.system_metrics", "public.system_incident"),
                *("incident.timeline", "incident.device", "incident.device_state", "incident.policy"),
                *("incident.maintenance", "incident_engine.agent_host", "incident_engine.operator_action"),
                *("incident_engine.error", "incident_engine.sweep_state"),
            )
        ]


def refuse(connection: psycopg.Connection[Any], statement: str, *kinds: type[psycopg.Error]) -> None:
    """It is refused with one of these errors, by default DENIED."""
    expected = tuple(kinds) or (DENIED,)
    try:
        connection.execute(statement)
    except expected:
        return
    except psycopg.Error as error:
        raise AssertionError(f"{statement}\nrefused, but with {error.sqlstate} {error}") from error
    raise AssertionError(f"was not refused: {statement}")


@pytest.mark.parametrize("role", REFUSED)
def test_what_a_group_may_not_do_is_refused_and_changes_nothing(
    busy: Database, login: MakeLogin, role: str | None
) -> None:
    """Whatever the login has set before."""
    attacker = login(role, *(["host-1"] if role == "incident_agent" else []))
    before = all_that_matters(busy)
    for setting in ("select 1", "set incident_engine.writer = 'engine'", "set row_security = off"):
        with attacker.connect() as connection:
            connection.execute(setting)
            for statement in REFUSED[role]:
                refuse(connection, statement, DENIED, errors.InvalidParameterValue)
    assert all_that_matters(busy) == before


# Agents: rows of their own hosts, and nothing of anybody else's


def test_an_agent_inserts_rows_of_its_own_hosts(busy: Database, login: MakeLogin) -> None:
    agent = login("incident_agent", "host-1", "host-3")
    with agent.connect() as connection:
        for host in ("host-1", "host-3"):
            for _ in range(2):
                insert(connection, device_row(9, host_name=host), on_conflict="do nothing")
                insert(connection, host_row(9, host_name=host), "system_metrics", on_conflict="do nothing")
    with busy.connect() as connection:
        rows = connection.execute(
            "select host_name from public.system_device_metrics where timestamp = %s order by 1", [minute(9)]
        )
        assert rows.fetchall() == [("host-1",), ("host-3",)]
        recovered = connection.execute("select status from public.system_incident where incident_id = 1")
        assert recovered.fetchone() == ("resolved",), "its rows open and resolve incidents"


FORGERIES = {
    "plainly": SAMPLE.format("host-2", "active"),
    "of a host that is not there yet": SAMPLE.format("host-77", "active"),
    "of a host whose name looks alike": SAMPLE.format("Host-1", "active"),
    "of a host whose name differs by a blank": SAMPLE.format("host-1 ", "active"),
    "among its own": "insert into public.system_device_metrics"
    " (host_name, device_id, device_name, capture_folder, timestamp)"
    " select 'host-' || n, 'd', 'Device', 'f', now() from generate_series(1, 2) as n",
    "where there is a row already": "insert into public.system_device_metrics"
    " (host_name, device_id, device_name, capture_folder, timestamp)"
    f" values ('host-2', 'd', 'Device 2', 'capture1', '{minute(0)}') on conflict do nothing",
    "by an update on conflict": SAMPLE.format("host-1", "active")
    + " on conflict (host_name, device_name, capture_folder, timestamp) do update set host_name = 'host-2'",
    "and look at it": SAMPLE.format("host-1", "active") + " returning *",
    "of the host itself": "insert into public.system_metrics (host_name, timestamp) values ('host-2', now())",
    "into a partition": SAMPLE.format("host-1", "active").replace("metrics", "metrics_default", 1),
    "by a merge": "merge into public.system_metrics as m using (values ('host-2')) as v (name)"
    " on false when not matched then insert (host_name, timestamp) values (v.name, now())",
    "through a prepared statement": "prepare mine (text) as insert into public.system_metrics"
    " (host_name, timestamp) values ($1, now()); execute mine ('host-2')",
    "in a writing CTE": "with mine as (insert into public.system_metrics (host_name, timestamp)"
    " values ('host-2', now())) select 1",
    "by COPY": "copy public.system_metrics (host_name, timestamp) from stdin",
}


@pytest.mark.parametrize("how", FORGERIES)
def test_an_agent_cannot_forge_a_row_of_another_host(busy: Database, login: MakeLogin, how: str) -> None:
    attacker = login("incident_agent", "host-1")
    before = all_that_matters(busy)
    for first in ("select 1", "set role incident_agent", "set incident_engine.writer = 'upkeep'"):
        with attacker.connect() as connection:
            connection.execute(first)
            refuse(connection, FORGERIES[how], DENIED, errors.FeatureNotSupported)
    assert all_that_matters(busy) == before


@on_one_server
def test_a_row_of_another_host_is_refused_the_same_whether_it_is_there_or_not(
    busy: Database, login: MakeLogin
) -> None:
    """So nobody learns from the error which samples others have sent."""
    told = set()
    with login("incident_agent", "host-1").connect() as connection:
        for number in (0, 500):
            with pytest.raises(DENIED) as refused:
                insert(connection, device_row(number, host_name="host-2", device_name="Device 2"))
            told.add((refused.value.diag.message_primary, refused.value.diag.message_detail))
    assert len(told) == 1


def test_what_a_login_may_become_counts_as_the_login(busy: Database, login: MakeLogin) -> None:
    """Several roles behind one login that has no rights of its own, as PostgREST works."""
    gateway = login(None)
    with busy.connect() as admin:
        role = sql.Identifier(f"{gateway.name}_service")
        admin.execute(sql.SQL("alter role {} noinherit").format(sql.Identifier(gateway.name)))
        admin.execute(
            sql.SQL("create role {} nologin noinherit; grant {} to {}").format(
                role, role, sql.Identifier(gateway.name)
            )
        )
        admin.execute(sql.SQL("grant insert, select on public.system_device_metrics to {}").format(role))
        with gateway.connect() as connection:
            connection.execute(sql.SQL("set role {}").format(role))
            with pytest.raises(DENIED) as refused:
                insert(connection, device_row(8))
            hint = refused.value.diag.message_hint
            assert hint and f"select incident.allow_agent('{gateway.name}_service', 'host-1')" in hint
            admin.execute("select incident.allow_agent(%s, 'host-1')", [f"{gateway.name}_service"])
            insert(connection, device_row(8))
            with pytest.raises(DENIED):
                insert(connection, device_row(8, host_name="host-2"))
            admin.execute("select incident.allow_agent(%s, '*')", [f"{gateway.name}_service"])
            insert(connection, device_row(9, host_name="host-2"))
            connection.execute("reset role")
            refuse(connection, SAMPLE.format("host-1", "active"))
        admin.execute(sql.SQL("drop owned by {}; drop role {}").format(role, role))


def test_whoever_is_granted_everything_writes_no_incident(busy: Database, login: MakeLogin) -> None:
    """The same in a session that has used the tables before, and in one that has not."""
    attacker = login(None)
    with busy.connect() as connection:
        for grant in (
            "all on all tables in schema public, incident, incident_engine",
            "all on all sequences in schema public, incident, incident_engine",
            "usage on schema incident_engine, incident",
            "execute on function incident_engine.whole_minutes",
        ):
            connection.execute(sql.SQL(f"grant {grant} to {{}}").format(sql.Identifier(attacker.name)))
    before = all_that_matters(busy)
    with attacker.connect() as connection:
        for first in (
            "select 1",
            "set incident_engine.writer = 'engine'",
            "set plan_cache_mode = force_custom_plan",
        ):
            connection.execute(first)
            for statement in WRITING[:4]:
                with pytest.raises(DENIED) as refused:
                    connection.execute(statement)
                assert "grant incident_operator" in (refused.value.diag.message_hint or "")
            refuse(connection, "truncate public.system_incident cascade", DENIED, errors.FeatureNotSupported)
            refuse(connection, SAMPLE.format("host-1", "stuck"))
    assert all_that_matters(busy) == before


def test_an_agent_that_is_forbidden_again_is_refused(busy: Database, login: MakeLogin) -> None:
    agent = login("incident_agent", "host-1", "host-3")
    with busy.connect() as admin, agent.connect() as connection:
        insert(connection, host_row(8, host_name="host-3"), "system_metrics")
        assert admin.execute("select incident.forbid_agent(%s, 'host-3')", [agent.name]).fetchone() == (1,)
        with pytest.raises(DENIED):
            insert(connection, host_row(9, host_name="host-3"), "system_metrics")
        insert(connection, host_row(9), "system_metrics")
        assert admin.execute("select incident.forbid_agent(%s)", [agent.name]).fetchone() == (1,)
        with pytest.raises(DENIED):
            insert(connection, host_row(10), "system_metrics")


@on_one_server
def test_statistics_show_nothing_of_the_samples_to_an_agent(busy: Database, login: MakeLogin) -> None:
    busy.psql("analyze public.system_device_metrics, public.system_incident")
    with login("incident_agent", "host-1").connect() as connection:
        shown = connection.execute(
            "select tablename from pg_stats where schemaname in ('public', 'incident', 'incident_engine')"
        )
        assert shown.fetchall() == []
        refuse(connection, "select * from pg_statistic")
    with busy.connect() as owner:
        assert (
            owner.execute("select from pg_stats where tablename = 'system_device_metrics'").fetchone()
            is not None
        )


@on_one_server
def test_trouble_of_another_host_is_not_told_to_the_agent_that_set_off_the_sweep(
    database: Database, login: MakeLogin
) -> None:
    with database.connect() as owner:
        insert(owner, device_rows("active", host_name="host-2", device_name="Device 2"))
        owner.execute(
            """
            create function public.fail() returns trigger language plpgsql as
            $$ begin raise exception 'no state for %', new.device_name; end $$;
            create trigger fail before insert on incident.device_state
            for each row when (new.host_name = 'host-2') execute function public.fail();
            """
        )
    with login("incident_agent", "host-1").connect() as connection:
        told: list[str] = []
        connection.add_notice_handler(lambda notice: told.append(str(notice.message_primary)))
        insert(connection, host_row(datetime.now(UTC)), "system_metrics")
        assert told == ["pg_incident: the rows are stored, but working on them failed (SQLSTATE P0001)"]
    with database.connect() as owner:
        (kept,) = owner.execute("select message from incident_engine.error").fetchone()
        assert kept == "no state for Device 2"


@on_one_server
def test_locks_of_the_engine_taken_by_a_login_delay_incidents_and_lose_nothing(
    busy: Database, login: MakeLogin
) -> None:
    """Advisory locks are for everybody in PostgreSQL (docs/security.md says how to take them away)."""
    agent = login("incident_agent", "host-1")
    with login(None).connect(autocommit=False) as attacker:
        attacker.execute("select pg_advisory_xact_lock(hashtextextended('host-1', 7101))")
        with agent.connect() as connection:
            connection.execute("set lock_timeout = '200ms'")  # the insert itself asks for the lock first
            insert(connection, device_row(2, ffmpeg_status="active"))
    with busy.connect() as owner:
        states = "select status from public.system_incident where incident_id = 1"
        assert owner.execute(states).fetchone() == ("open",)
        assert owner.execute("select sqlstate from incident_engine.error").fetchall() == [("55P03",)]
        owner.execute("select incident.sweep()")
        assert owner.execute(states).fetchone() == ("resolved",)


# A setting that anybody may make

FORGED_WRITERS = ["engine", "operator", "upkeep", "move"]


@pytest.mark.parametrize("writer", FORGED_WRITERS)
def test_the_setting_of_the_engine_gives_an_operator_nothing(
    busy: Database, login: MakeLogin, writer: str
) -> None:
    with login("incident_operator").connect() as connection:
        connection.execute("select set_config('incident_engine.writer', %s, false)", [writer])
        with pytest.raises(psycopg.Error) as refused:
            connection.execute("select incident.close(1)")
        assert refused.value.sqlstate == "IN001"
        connection.execute("select incident.resolve(1, note => 'by hand')")
        (who,) = connection.execute(
            "select operator from incident.timeline where incident_id = 1 and event = 'resolved'"
        ).fetchone()
        assert who == connection.info.user
    with busy.connect() as connection:
        cuts = connection.execute("select action from incident_engine.operator_action").fetchall()
        assert cuts == [("resolved",)], "what an operator did is remembered as such"


@pytest.mark.parametrize("writer", FORGED_WRITERS)
def test_the_setting_of_the_engine_gives_an_agent_nothing(
    busy: Database, login: MakeLogin, writer: str
) -> None:
    with login("incident_agent", "host-1").connect() as connection:
        connection.execute("select set_config('incident_engine.writer', %s, false)", [writer])
        insert(connection, [device_row(2, ffmpeg_status="stopped"), device_row(3)])
    with busy.connect() as connection:
        (story,) = connection.execute(
            "select array_agg(event || ' by ' || operator order by entry_id) from incident.timeline"
            " where incident_id = 1"
        ).fetchone()
        assert story == ["detected by engine", "severity_changed by engine", "resolved by engine"]
        assert connection.execute("select * from incident.check_invariants()").fetchall() == []
        assert connection.execute("select * from incident.rebuild()").fetchall() == []


@pytest.mark.parametrize("writer", FORGED_WRITERS)
def test_the_setting_counts_for_the_owner_alone_even_where_a_site_grants_writing(
    busy: Database, login: MakeLogin, writer: str
) -> None:
    """A site may grant more than it should; rules and timeline hold all the same."""
    attacker = login("incident_operator")
    with busy.connect() as connection:
        name = sql.Identifier(attacker.name)
        for grant in (
            "update, insert on public.system_incident",
            "delete on public.system_device_metrics",
            "usage on schema incident_engine",
            "execute on function incident_engine.whole_minutes",
        ):
            connection.execute(sql.SQL(f"grant {grant} to {{}}").format(name))
    with attacker.connect() as connection:
        connection.execute("select set_config('incident_engine.writer', %s, false)", [writer])
        assert connection.execute("delete from public.system_device_metrics").rowcount == 0
        refuse(connection, "update public.system_incident set assignee = 'x' where incident_id = 1")


# Operators: as themselves


VERBS = [
    "select incident.acknowledge(1, operator => {0}, acted_at => {1})",
    "select incident.assign(1, 'x', operator => {0}, acted_at => {1})",
    "select incident.comment(1, 'x', operator => {0}, acted_at => {1})",
    "select incident.resolve(1, operator => {0}, acted_at => {1})",
    "select incident.close(2, operator => {0}, acted_at => {1})",
    "select incident.reopen(2, operator => {0}, acted_at => {1})",
]


@pytest.mark.parametrize("verb", VERBS)
def test_the_timeline_has_the_login_beside_whom_the_operator_says_to_be(
    busy: Database, login: MakeLogin, verb: str
) -> None:
    attacker = login("incident_operator")
    with attacker.connect() as connection:
        last = connection.execute("select max(entry_id) from incident.timeline").fetchone()
        connection.execute("set role incident_operator")
        connection.execute(verb.format("'ada'", "now()"))
        said = connection.execute(
            "select distinct operator, recorded_by from incident.timeline where entry_id > %s", last
        )
        assert said.fetchall() == [("ada", attacker.name)]


def test_maintenance_and_reports_have_the_login_beside_whom_the_operator_says_to_be(
    busy: Database, login: MakeLogin
) -> None:
    attacker = login("incident_operator")
    with attacker.connect() as connection:
        connection.execute(
            "select incident.add_maintenance('host-1', '2026-03-02', '2026-03-03', 'x', operator => 'ada')"
        )
        added = connection.execute("select added_by, recorded_by from incident.maintenance").fetchall()
        assert added == [("ada", attacker.name)]
        connection.execute("select incident.seal_report('[2026-03-01, 2026-03-02)', operator => 'ada')")
        sealed = connection.execute("select sealed_by, recorded_by from incident.sealed_report").fetchall()
        assert sealed == [("ada", attacker.name)]
    with busy.connect() as connection:
        ended = connection.execute(
            "update incident.maintenance"
            " set ended_at = lower(period), ended_by = 'grace', recorded_by = 'grace'"
            " returning recorded_by, end_recorded_by = session_user"
        ).fetchone()
        assert ended == (attacker.name, True)


@on_one_server
@pytest.mark.parametrize("verb", VERBS)
def test_an_operator_cannot_act_in_the_future_or_as_the_engine(
    busy: Database, login: MakeLogin, verb: str
) -> None:
    with login("incident_operator").connect() as connection:
        before = all_that_matters(busy)
        for operator, acted_at in (
            ("'ada'", "now() + interval '1 microsecond'"),
            ("'ada'", "'infinity'"),
            ("'ada'", "'-infinity'"),
            ("'engine'", "now()"),
            ("' Engine '", "now()"),
        ):
            refuse(connection, verb.format(operator, acted_at), errors.InvalidParameterValue)
        for operator, acted_at in (("''", "now()"), ("null", "now()"), ("'ada'", "null")):
            refuse(connection, verb.format(operator, acted_at), errors.NullValueNotAllowed)
    assert all_that_matters(busy) == before


def test_an_admin_allows_hosts_and_cannot_write_their_rows(busy: Database, login: MakeLogin) -> None:
    admin = login("incident_admin")
    with admin.connect() as connection:
        connection.execute("select incident.allow_agent(%s, 'host-2')", [admin.name])
        refuse(connection, SAMPLE.format("host-2", "active"))
        allowed = connection.execute("select login, host_name, login_exists, allowed_by from incident.agents")
        assert allowed.fetchall() == [(admin.name, "host-2", True, admin.name)]
        refuse(connection, "select incident.allow_agent('nobody''s', 'host-2')", errors.UndefinedObject)
        refuse(connection, "select incident.allow_agent(null, 'host-2')", errors.NullValueNotAllowed)
        refuse(connection, "select incident.allow_agent('x', ' ')", errors.NullValueNotAllowed)


# Hijacking: objects that are found instead of those that are meant

# Much of what a function here could name without a schema: functions and operators that leave a trace, in a
# schema of the attacker and in public; and tables and types of the attacker's session.
TRAPS = """
    create schema {evil};
    create table {evil}.caught (who text, what text);
    grant usage on schema {evil} to public;
    grant all on {evil}.caught to public;
    create function {evil}.trap() returns void language plpgsql as
    $$ begin insert into {evil}.caught values (current_user, 'a trap'); end $$;
"""
TRAP_FUNCTION = (
    "create function {schema}.{name}({arguments}) returns {result} language plpgsql as $$ begin"
    " insert into {evil}.caught values (current_user, '{name}'); return null; end $$"
)
FUNCTIONS = [
    *(
        ("now", "", "timestamptz"),
        ("session_user", "", "text"),
        ("btrim", "text", "text"),
        ("lower", "text", "text"),
    ),
    *(("coalesce", "text, text", "text"), ("set_config", "text, text, boolean", "text")),
    *(("current_setting", "text, boolean", "text"), ("pg_advisory_xact_lock", "integer, integer", "integer")),
    *(("format", "text, text", "text"), ("format", "text, bigint", "text"), ("sha256", "bytea", "bytea")),
    *(
        ("hashtext", "text", "integer"),
        ("isfinite", "timestamptz", "boolean"),
        ("to_char", "timestamptz, text", "text"),
    ),
    *(
        ("least", "timestamptz, timestamptz", "timestamptz"),
        ("count", "", "bigint"),
        ("unnest", "anyarray", "text"),
    ),
    *(
        ("pg_has_role", "oid, text", "boolean"),
        ("require_text", "text, text", "text"),
        ("utc_text", "timestamptz", "text"),
    ),
]
OPERATORS = [
    *(("=", "text", "text"), ("<>", "text", "text"), ("=", "name", "text"), ("=", "bigint", "bigint")),
    *(
        ("<", "timestamptz", "timestamptz"),
        (">=", "timestamptz", "timestamptz"),
        ("+", "timestamptz", "interval"),
    ),
    *(("||", "text", "text"), ("-", "timestamptz", "timestamptz")),
]
TEMPORARY = [
    *(
        "new_rows",
        "new_incidents",
        "old_incidents",
        "device",
        "device_state",
        "timeline",
        "policy",
        "agent_host",
    ),
    *(
        "system_incident",
        "system_device_metrics",
        "system_metrics",
        "operator_action",
        "sweep_state",
        "pg_class",
    ),
]


@pytest.mark.parametrize("victim", ["the attacker", "somebody else"])
def test_nothing_is_found_instead_of_what_is_meant(busy: Database, login: MakeLogin, victim: str) -> None:
    attacker = login("incident_operator", "host-1")
    operator = login("incident_operator")
    agent = login("incident_agent", "host-1")
    evil = attacker.name + "_evil"
    with busy.connect() as connection:
        name = sql.Identifier(attacker.name)
        connection.execute(
            sql.SQL("grant create on database {} to {}").format(sql.Identifier(busy.name), name)
        )
        connection.execute(sql.SQL("grant create, usage on schema public to {}").format(name))
        connection.execute(sql.SQL("grant incident_agent to {}").format(name))
    with attacker.connect() as connection:
        connection.execute(TRAPS.format(evil=evil))
        for schema in (evil, "public"):
            for name, arguments, result in FUNCTIONS:
                connection.execute(
                    TRAP_FUNCTION.format(
                        schema=schema, name=f'"{name}"', arguments=arguments, result=result, evil=evil
                    )
                )
            for number, (name, left, right) in enumerate(OPERATORS):
                trap = f"{schema}.operator_{number}"
                connection.execute(
                    f"create function {trap}({left}, {right}) returns boolean language plpgsql as $$"
                    f" begin insert into {evil}.caught values (current_user, '{name}'); return null; end $$;"
                    f" create operator {schema}.{name}"
                    f" (leftarg = {left}, rightarg = {right}, function = {trap})"
                )

        def set_traps(connection: psycopg.Connection[Any]) -> None:
            for table in TEMPORARY:
                connection.execute(f"create temporary table {table} (trap integer)")
            connection.execute(
                "create function pg_temp.now() returns timestamptz language sql return null::timestamptz"
            )
            connection.execute("create domain pg_temp.text as pg_catalog.text check (value is null)")
            connection.execute(f"set search_path = pg_temp, {evil}, public, pg_catalog")

        work_as = [(attacker, attacker)] if victim == "the attacker" else [(operator, agent)]
        for person, machine in work_as:
            with person.connect() as work:
                set_traps(work)
                statements = [
                    "incident.acknowledge(1, 'note'::pg_catalog.text)",
                    "incident.assign(1, 'ada'::pg_catalog.text)",
                    "incident.comment(1, 'note'::pg_catalog.text)",
                    "incident.resolve(1)",
                    "incident.reopen(1)",
                    "incident.add_maintenance('host-1'::pg_catalog.text, pg_catalog.now(),"
                    " 'tomorrow'::pg_catalog.timestamptz, 'x'::pg_catalog.text)",
                    "pg_catalog.count(*) from incident.active",
                    "pg_catalog.count(*) from incident.recent",
                    "pg_catalog.count(*) from incident.health",
                    "pg_catalog.count(*) from incident.agents",
                    "pg_catalog.count(*) from incident.availability()",
                    "pg_catalog.count(*) from incident.sla_report()",
                    "pg_catalog.count(*) from incident.response_times()",
                    "pg_catalog.count(*) from incident.status()",
                    "pg_catalog.count(*) from incident.verify_timeline()",
                    "pg_catalog.count(*) from incident.timeline_head()",
                ]
                for statement in statements:
                    work.execute(f"select {statement}")
            with machine.connect() as work:
                set_traps(work)
                for status in ("active", "stuck", "stopped", "active"):
                    work.execute(SAMPLE.format("host-1", status).replace("now()", "clock_timestamp()"))
                work.execute(
                    "insert into public.system_metrics (host_name, timestamp)"
                    " values ('host-1', pg_catalog.now())"
                )
        if victim == "somebody else":
            with busy.connect() as owner:  # a superuser who has the attacker's schema in his search_path
                owner.execute(f"set search_path = {evil}, public, pg_catalog")
                owner.execute("select incident.sweep()")
                owner.execute("select * from incident.rebuild()")
                owner.execute("select * from incident.check_invariants()")
        assert connection.execute(f"select * from {evil}.caught").fetchall() == []
        # and they are traps: found where nothing is pinned
        connection.execute(f"set search_path = {evil}, pg_catalog")
        connection.execute("select now(), 'a'::text = 'b'::text")
        assert len(connection.execute(f"select * from {evil}.caught").fetchall()) == 2
    with busy.connect() as connection:
        assert connection.execute("select * from incident_engine.error").fetchall() == []
        connection.execute(
            sql.SQL("revoke create on database {} from {}").format(
                sql.Identifier(busy.name), sql.Identifier(attacker.name)
            )
        )


# Before pg_incident is there: what waits for whoever deploys


def deploy_refused(database: Database, message: str) -> None:
    done = database.migrate(check=False)
    assert done.returncode != 0
    assert message in done.stderr


def test_a_schema_that_somebody_else_has_made_ready_is_refused(
    empty_database: Database, login: MakeLogin, database: Database
) -> None:
    attacker = login(None)
    name = sql.Identifier(attacker.name)
    with empty_database.connect() as connection:
        connection.execute(
            sql.SQL("grant create on database {} to {}").format(sql.Identifier(empty_database.name), name)
        )
    trap = Login(empty_database, attacker.name)
    with trap.connect() as connection:
        connection.execute("create schema incident; create table incident.migration (version integer)")
    deploy_refused(empty_database, "schema incident belongs to")
    with trap.connect() as connection:
        connection.execute("drop schema incident cascade; create schema incident_adopted")
        connection.execute("create view incident_adopted.system_incident as select 1 / 0 as trap")
    with empty_database.connect() as connection:
        connection.execute("create schema incident")
    deploy_refused(empty_database, "there is no incident_engine.migration")
    with empty_database.connect() as connection:
        connection.execute("drop schema incident; create view public.system_metrics as select 1 / 0 as trap")
    deploy_refused(empty_database, "public.system_metrics is there already and is not a plain table")
    with empty_database.connect() as connection:
        connection.execute("drop view public.system_metrics; create table public.system_metrics (a integer)")
    deploy_refused(empty_database, "schema incident_adopted is there already and belongs to somebody else")
    with empty_database.connect() as connection:
        connection.execute("drop table public.system_metrics")
    empty_database.migrate()
    empty_database.psql("", file="db/adopt.sql")  # reads nothing of the attacker's schema
    with empty_database.connect() as connection:
        assert connection.execute("select * from incident_engine.adoption").fetchall() == []
        connection.execute(sql.SQL("drop owned by {} cascade").format(name))
