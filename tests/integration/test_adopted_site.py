"""Adopting a site as it really is: roles behind one login, rights and views of its own."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from tests.support.psql import run_psql
from tests.support.servers import Database

SITE = """
alter default privileges grant all on tables to {anon};
alter default privileges grant all on sequences to {anon};
create table system_device_metrics (
    id uuid primary key default gen_random_uuid(), host_name text, device_id text, device_name text,
    capture_folder text, ffmpeg_status text, monitor_status text, "timestamp" timestamptz default now(),
    cpu_percent double precision, rack text
);
create table system_metrics (host_name text, "timestamp" timestamptz default now(), cpu_percent real);
create table system_incident (
    incident_id bigserial primary key, host_name text, device_id text, device_name text, capture_folder text,
    incident_type text, component text, severity text, status text, detected_at timestamptz,
    resolved_at timestamptz, ticket text
);
insert into system_device_metrics (host_name, device_id, device_name, capture_folder, ffmpeg_status,
    monitor_status, "timestamp", rack)
select 'h', 'd1', 'd1', 'capture1', 'active', 'active', now() - n * interval '1 minute', 'r1'
from generate_series(1, 200) as n;
insert into system_incident (host_name, device_id, device_name, capture_folder, incident_type, component,
    severity, status, detected_at, resolved_at, ticket)
select 'h', 'd' || n, 'd' || n, 'capture' || n, 'ffmpeg_failure', 'ffmpeg', 'critical', 'open',
    now() - interval '2 days', null, 'T-' || n
from generate_series(1, 5) as n;

-- what depends on them
create view alerts as
select incident_id, host_name, severity, ticket from system_incident where status = 'open';
create view critical_alerts as select * from alerts where severity = 'critical';
create view cpu as select host_name, cpu_percent, rack from system_device_metrics;
comment on view cpu is 'theirs';
create materialized view by_day as
select date_trunc('day', detected_at) as day, count(*) from system_incident group by 1;
create table ticket (incident_id bigint references system_incident (incident_id), text text);
insert into ticket values (3, 'on it');
create rule quiet as on delete to system_metrics do instead nothing;
create function noticed() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger notice after insert on system_incident for each row execute function noticed();
create publication theirs for table system_device_metrics;
alter table system_metrics enable row level security;
create policy anybody on system_incident for select using (true);
grant select on alerts, critical_alerts, cpu to {anon};
grant all on system_device_metrics, system_metrics, system_incident to {service};
grant select on system_device_metrics to {anon};
"""


@pytest.fixture
def names(empty_database: Database) -> Iterator[dict[str, str]]:
    """Roles of a Supabase-like site: no login has rights of its own, it becomes one of the others."""
    prefix = empty_database.name
    roles = {role: f"{prefix}_{role}" for role in ("anon", "service", "gateway")}
    with empty_database.connect() as connection:
        connection.execute(
            "create role {anon} nologin noinherit; create role {service} nologin noinherit;"
            "create role {gateway} login noinherit password 'a'; grant {anon}, {service} to {gateway}".format(
                **roles
            )
        )
        connection.execute(SITE.format(**roles))
    yield roles
    with empty_database.connect() as connection:
        for role in roles.values():
            connection.execute(
                sql.SQL("drop owned by {0} cascade; drop role {0}").format(sql.Identifier(role))
            )


def check(database: Database) -> str:
    return run_psql(database.url, file="db/adopt_check.sql", bin=database.server.bin).stdout


def adopt(database: Database) -> str:
    database.migrate()
    return run_psql(database.url, file="db/adopt.sql", bin=database.server.bin).stdout


def test_a_dry_run_says_it_before_and_changes_nothing(
    empty_database: Database, names: dict[str, str]
) -> None:
    with empty_database.connect() as connection:
        objects = "select array_agg(oid order by oid) from pg_class"
        before = connection.execute(objects).fetchone()
        said = check(empty_database)
        assert connection.execute(objects).fetchone() == before
    for line in (
        "will work on: view public.alerts",
        "will work on: foreign key ticket_incident_id_fkey of public.ticket",
        "will work on: publication theirs of system_device_metrics",
        f"will work on: right INSERT on system_device_metrics of {names['service']}",
        "by hand: materialized view public.by_day",
        "by hand: rule quiet on system_metrics",
        "by hand: trigger notice on system_incident",
        "by hand: policy anybody on system_incident",
        f"by hand: right SELECT on system_metrics of {names['anon']}",
        f"by hand: right DELETE, INSERT, TRUNCATE, UPDATE on system_incident of {names['service']}",
    ):
        assert line in said


def test_views_keys_and_publications_follow_to_the_new_tables(
    empty_database: Database, names: dict[str, str]
) -> None:
    report = adopt(empty_database)
    assert "by hand: materialized view public.by_day" in report
    with empty_database.connect() as connection:
        (alerts,) = connection.execute(
            "select count(*) from critical_alerts where ticket like 'T-_'"
        ).fetchone() or (0,)
        assert alerts == 5
        connection.execute("select incident.resolve(incident_id) from system_incident where incident_id = 2")
        assert connection.execute("select count(*) from critical_alerts").fetchone() == (4,)
        assert connection.execute(
            "select count(*), count(rack), obj_description('cpu'::regclass) from cpu"
        ).fetchone() == (200, 200, "theirs")
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            connection.execute("insert into ticket values (77, 'of none')")
        connection.execute("insert into ticket values (4, 'kept its number')")
        assert connection.execute("select prrelid::regclass::text from pg_publication_rel").fetchall() == [
            ("system_device_metrics",)
        ]
        # What would go with the old tables is named.
        with pytest.raises(psycopg.errors.DependentObjectsStillExist) as refused:
            connection.execute("select incident.drop_adopted()")
        assert refused.value.diag.message_detail == "materialized view public.by_day"
        connection.execute("drop materialized view by_day")
        connection.execute("select incident.drop_adopted()")
        assert connection.execute("select count(*) from critical_alerts").fetchone() == (4,)
        assert connection.execute("select * from incident.check_invariants()").fetchall() == []


def test_its_collector_goes_on_writing_in_the_minute_after(
    empty_database: Database, names: dict[str, str]
) -> None:
    """As PostgREST writes: one login, which becomes a role, and a function of JSON for each request."""
    write = sql.SQL(
        """with payload as (select %s::json as rows),
        done as (
            insert into public.system_device_metrics (host_name, device_id, device_name, capture_folder,
                ffmpeg_status, monitor_status, rack)
            select r.* from payload, json_to_recordset(rows) as r (host_name text, device_id text,
                device_name text, capture_folder text, ffmpeg_status text, monitor_status text, rack text)
            returning *
        )
        select coalesce(json_agg(done), '[]') from done"""
    )
    rows = '[{"host_name": "h", "device_id": "d1", "device_name": "d1", "capture_folder": "capture1",'
    rows += ' "ffmpeg_status": "stuck", "monitor_status": "active", "rack": "r1"}]'
    empty_database.migrate()  # its rows are not adopted yet
    target = psycopg.conninfo.make_conninfo(empty_database.url, user=names["gateway"], password="a")
    with psycopg.connect(target) as connection:
        for role, may in (("service", True), ("anon", False)):
            with connection.transaction():
                connection.execute(sql.SQL("set local role {}").format(sql.Identifier(names[role])))
                connection.execute("select set_config('request.jwt.claims', %s, true)", ['{"role": "x"}'])
                if may:
                    (told,) = connection.execute(write, [rows]).fetchone() or ([],)
                    assert [row["rack"] for row in told] == ["r1"]
                else:
                    # Row security kept it from these.
                    with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                        connection.execute("select from system_metrics")
                    with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                        connection.execute("select setval('system_incident_incident_id_seq', 1)")
                    with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                        connection.execute("update system_incident set status = 'closed'")
                    assert connection.execute("select count(*) from system_device_metrics").fetchone() == (1,)
    with empty_database.connect() as connection:
        assert connection.execute(
            "select incident_id, status, as_recorded from system_incident where device_name = 'd1'"
        ).fetchall() == [(1, "open", False)]
