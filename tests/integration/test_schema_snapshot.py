"""db/schema.sql and docs/reference.md show in review what a change does to the database: both are current."""

from __future__ import annotations

import difflib

import pytest

from db.embedded import REPO
from tests.support.dump import snapshot
from tests.support.reference import reference
from tests.support.servers import OWN, Database, server_names


def assert_same(committed: str, installed: str, remedy: str) -> None:
    difference = difflib.unified_diff(
        committed.splitlines(), installed.splitlines(), "committed", "installed", lineterm="", n=2
    )
    lines = list(difference)
    assert not lines, "\n".join([f"{remedy} and commit the result", *lines])


@pytest.mark.parametrize("server", [name for name in server_names() if name in ("pg18", OWN)], indirect=True)
def test_a_fresh_install_equals_the_committed_schema(database: Database) -> None:
    """On PostgreSQL 18 alone: versions print the text of a view in different ways."""
    if database.server.version // 10000 != 18:
        pytest.skip("db/schema.sql is what PostgreSQL 18 prints")
    committed = (REPO / "db/schema.sql").read_text()
    assert_same(committed, snapshot(database.url), "run `make schema`")


def test_the_committed_reference_is_up_to_date(database: Database) -> None:
    committed = (REPO / "docs/reference.md").read_text()
    assert_same(committed, reference(database.url), "run `make docs`")


def test_everything_people_touch_has_a_comment(database: Database) -> None:
    """Functions, views, tables and types; and what a time or an interval of a table means."""
    silent = database.psql(
        """
        with ours as (
            select oid from pg_namespace where nspname in ('incident', 'incident_engine')
        )

        select 'function ' || p.oid::regprocedure
        from pg_proc as p
        where p.pronamespace in (table ours) and obj_description(p.oid, 'pg_proc') is null
        union all
        select 'relation ' || c.oid::regclass
        from pg_class as c
        where (c.relnamespace in (table ours) or c.relname like 'system\\_%')
            and c.relkind in ('r', 'p', 'v') and not c.relispartition
            and obj_description(c.oid, 'pg_class') is null
        union all
        select 'column ' || a.attrelid::regclass || '.' || a.attname
        from pg_attribute as a
        join pg_class as c on c.oid = a.attrelid
        where (c.relnamespace = 'incident'::regnamespace or c.relname = 'system_incident')
            and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
            and a.atttypid in ('timestamptz'::regtype, 'interval'::regtype, 'tstzrange'::regtype)
            and col_description(a.attrelid, a.attnum) is null
        order by 1
        """
    )
    assert silent == ""
