"""plpgsql_check reads the PL/pgSQL bodies, which neither CREATE FUNCTION nor sqlfluff looks into."""

from __future__ import annotations

import pytest
from psycopg.rows import dict_row

from tests.support.servers import Database, server_names

pytestmark = pytest.mark.parametrize("server", server_names("plpgsql_check"), indirect=True)

# A trigger function is checked once for each trigger that calls it, with that trigger's table and transition
# tables.
FINDINGS = """
with ours as (
    select p.oid, p.prorettype
    from pg_proc as p
    join pg_language as l on l.oid = p.prolang and l.lanname = 'plpgsql'
    where p.pronamespace::regnamespace::text in ('incident', 'incident_engine')
),

checked as (
    select oid as function, 0 as relation, null::name as old_table, null::name as new_table
    from ours
    where prorettype <> 'trigger'::regtype
    union
    select ours.oid, t.tgrelid, t.tgoldtable, t.tgnewtable
    from ours
    join pg_trigger as t on t.tgfoid = ours.oid
    where t.tgparentid = 0
)

select
    checked.function::regprocedure::text as function,
    nullif(checked.relation, 0)::regclass::text as relation,
    finding.*
from checked
cross join lateral plpgsql_check_function_tb(
    checked.function::regprocedure,
    checked.relation,
    fatal_errors => false,
    performance_warnings => true,
    security_warnings => true,
    compatibility_warnings => true,
    oldtable => checked.old_table,
    newtable => checked.new_table
) as finding
order by 1, 2, finding.lineno
"""

TRIGGER_FUNCTIONS_WITHOUT_TRIGGER = """
select p.oid::regprocedure::text
from pg_proc as p
where p.prorettype = 'trigger'::regtype
    and p.pronamespace::regnamespace::text in ('incident', 'incident_engine')
    and not exists (select from pg_trigger as t where t.tgfoid = p.oid)
"""


@pytest.fixture
def checker(database: Database) -> Database:
    if not database.server.has_extension("plpgsql_check"):
        pytest.skip("plpgsql_check is not installed on this server")
    database.psql("create extension plpgsql_check")
    # what the functions of the adoption read
    database.psql(
        """
        create schema incident_adopted;
        create table incident_adopted.system_device_metrics (like public.system_device_metrics);
        create table incident_adopted.system_incident (like public.system_incident);
        """
    )
    # the triggers that a central database alone has
    database.psql("select incident_engine.guard_sites()")
    # and what those that schedule the sweep use of pg_cron
    database.psql(
        """
        create schema cron;
        create table cron.job (jobid bigint, jobname text, username text, active boolean);
        create function cron.schedule(text, text, text) returns bigint language sql return 1;
        create function cron.unschedule(bigint) returns boolean language sql return true;
        """
    )
    return database


def findings(database: Database) -> list[str]:
    with database.connect(row_factory=dict_row) as connection:
        found = connection.execute(FINDINGS).fetchall()
    return [
        f"{one['function']}, line {one['lineno']}, {one['level']}: {one['message']}"
        + "".join(
            f"\n    {part}: {one[part]}" for part in ("relation", "detail", "hint", "query") if one[part]
        )
        for one in found
    ]


def test_finds_nothing_to_say(checker: Database) -> None:
    found = findings(checker)
    assert not found, "\n".join(found)


def test_every_trigger_function_has_a_trigger(checker: Database) -> None:
    assert checker.psql(TRIGGER_FUNCTIONS_WITHOUT_TRIGGER) == ""


def test_would_find_a_mistake_in_a_trigger_that_uses_a_transition_table(checker: Database) -> None:
    checker.psql(
        """
        create function incident.mistaken() returns trigger language plpgsql as $$
        begin
            perform no_such_column from new_rows;
            return null;
        end $$;
        create trigger mistaken after insert on incident_engine.migration
        referencing new table as new_rows for each statement execute function incident.mistaken();
        """
    )
    assert any('column "no_such_column" does not exist' in text for text in findings(checker))
