"""Deployment: one transaction, all or nothing, safe to repeat, and clear when it refuses."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from db.embedded import REPO
from tests.support import manifest
from tests.support.dump import dump_schema
from tests.support.psql import environment, run_psql
from tests.support.servers import Database, Server

NEXT = "9998_next"
LAST = "9999_last"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the tree to change."""
    return manifest.copy_tree(tmp_path / "a tree")


def ledger(database: Database) -> str:
    return database.psql(
        "select version, name, sha256, applied_at from incident_engine.migration order by version"
    )


def assert_refused(
    database: Database, message: str, hint: str = "", **options: Any
) -> subprocess.CompletedProcess[str]:
    """migrate must fail with this message and leave no trace."""
    before = dump_schema(database.url)
    done = database.migrate(**options | {"check": False})
    assert done.returncode != 0
    assert message in done.stderr
    assert hint in done.stderr
    assert dump_schema(database.url) == before
    return done


# What it promises


def test_installs_and_says_what_it_did(empty_database: Database) -> None:
    done = empty_database.migrate()
    count = 1 + len(manifest.migrations())
    assert f"{count} migrations applied now, {count} in all" in done.stdout
    assert done.stderr == ""


def test_a_second_run_changes_nothing(database: Database) -> None:
    schema, rows = dump_schema(database.url), ledger(database)
    done = database.migrate()
    assert "0 migrations applied now" in done.stdout
    assert done.stderr == ""
    assert dump_schema(database.url) == schema
    assert ledger(database) == rows


def test_make_migrate_installs_into_the_database_of_database_url(empty_database: Database) -> None:
    done = subprocess.run(
        ["make", "migrate"],
        cwd=REPO,
        env=environment() | {"DATABASE_URL": empty_database.url},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "pg_incident 0.1.0 is installed" in done.stdout
    assert empty_database.psql("select count(*) from incident_engine.migration") == str(
        1 + len(manifest.migrations())
    )


def test_two_at_once_are_both_fine(empty_database: Database, tree: Path) -> None:
    manifest.add_migration(tree, NEXT, "select pg_sleep(0.2);")
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(empty_database.migrate, tree=tree) for _ in range(3)]
        said = [run.result().stdout for run in runs]
    count = 1 + len(manifest.migrations(tree))
    assert sorted(f"{count} migrations applied now" in text for text in said) == [False, False, True]


@pytest.mark.usefixtures("database")  # the groups exist
def test_a_database_owner_without_superuser_can_install(empty_database: Database) -> None:
    name = empty_database.name
    role = f"{name}_owner"
    empty_database.psql(
        f"create role {role}; alter database {name} owner to {role}; alter schema public owner to {role}"
    )
    try:
        done = empty_database.migrate(arguments=["-c", f"set role {role}"], check=False)
        assert done.returncode == 0, done.stderr
        owners = empty_database.psql(
            "select distinct proowner::regrole from pg_proc where pronamespace = 'incident'::regnamespace"
            " union select relowner::regrole from pg_class where relnamespace = 'incident'::regnamespace"
        )
        assert owners == role
    finally:
        empty_database.psql(f"reassign owned by {role} to current_user; drop owned by {role}")
        empty_database.psql(f"drop role {role}")


def test_an_owner_who_may_not_create_the_group_roles_is_told_what_to_ask_for(
    private_server: Callable[..., Server],
) -> None:
    server = private_server()
    database = server.database()
    database.psql(
        f"create role plain; alter database {database.name} owner to plain;"
        " alter schema public owner to plain"
    )
    as_plain = {"arguments": ["-c", "set role plain"], "check": False}
    refused = assert_refused(database, "may not create the group roles", "CREATEROLE", **as_plain)
    database.psql(re.search(r"once for the server: (.*)", refused.stderr)[1])
    done = database.migrate(**as_plain)
    assert done.returncode == 0, done.stderr


def test_session_settings_do_not_change_what_is_installed(
    database: Database, empty_database: Database
) -> None:
    empty_database.psql(
        f"alter database {empty_database.name} set search_path = pg_catalog;"
        f"alter database {empty_database.name} set default_transaction_isolation = 'serializable';"
        f"alter database {empty_database.name} set default_transaction_read_only = on;"
        f"alter database {empty_database.name} set statement_timeout = '1ms'"
    )
    empty_database.migrate()
    unset = f"begin read write; alter database {empty_database.name} reset all; commit"
    run_psql(empty_database.url, f"set statement_timeout = 0; {unset}", bin=empty_database.server.bin)
    assert dump_schema(empty_database.url) == dump_schema(database.url)


# When it fails, nothing has happened


def test_a_failing_function_file_leaves_the_database_untouched(empty_database: Database, tree: Path) -> None:
    manifest.add_function(tree, "policy/broken.sql", "create view incident.broken as select no_such_column;")
    assert_refused(empty_database, 'column "no_such_column" does not exist', tree=tree)
    assert empty_database.psql("select count(*) from pg_namespace where nspname like 'incident%'") == "0"


def test_a_failing_upgrade_keeps_what_was_there(database: Database, tree: Path) -> None:
    manifest.add_migration(tree, NEXT, "create table incident.extra (a integer);")
    manifest.add_function(tree, "policy/broken.sql", "select 1 / 0;")
    assert_refused(database, "division by zero", tree=tree)


def test_a_missing_function_file_leaves_the_database_untouched(empty_database: Database, tree: Path) -> None:
    manifest.add_function(tree, "policy/missing.sql", None)
    assert_refused(empty_database, "missing.sql: No such file or directory", tree=tree)


def test_a_missing_migration_is_named(empty_database: Database, tree: Path) -> None:
    manifest.add_migration(tree, NEXT, "select 1;")
    (tree / f"db/migrations/{NEXT}.sql").unlink()
    assert_refused(empty_database, f"migration migrations/{NEXT}.sql cannot be read", tree=tree)


def test_a_script_that_ends_early_without_an_error_commits_nothing(
    empty_database: Database, tree: Path
) -> None:
    manifest.edit(tree / "db/migrate.sql", manifest.END_OF_FUNCTIONS, "\n\\quit\n")
    assert_refused(empty_database, "migrate.sql did not reach its end", tree=tree)


def test_waits_for_tables_in_use_only_so_long_and_says_who_uses_them(database: Database) -> None:
    with database.connect(autocommit=False) as other:
        other.execute("select * from incident_engine.migration")
        done = assert_refused(
            database,
            "tables of pg_incident have been in use for 300ms",
            "deploy again, or wait for longer",
            arguments=["-v", "lock_timeout=300ms"],
        )
        assert re.search(
            rf"process {other.info.backend_pid} of postgres \(idle in transaction for \d+ s\)"
            " uses incident_engine.migration",
            done.stderr,
        )


# What no file holds any more


EXTRA = """
create or replace function incident_engine.extra_trigger() returns trigger language plpgsql
as $$ begin return null; end $$;
create or replace trigger extra after insert on incident.policy
for each statement execute function incident_engine.extra_trigger();
create or replace view incident.extra_view as select 1 as one;
create or replace function incident.extra(number integer) returns bigint language sql
begin atomic select count(*) from incident.extra_view where one = number; end;
create or replace view incident.all_extras as select incident.extra(1);
"""


def test_what_no_file_holds_any_more_is_dropped_and_named(database: Database, tree: Path) -> None:
    fresh = dump_schema(database.url)
    manifest.add_function(tree, "policy/extra.sql", EXTRA)
    database.migrate(tree=tree)
    assert "extra" in dump_schema(database.url)
    done = database.migrate()
    assert (
        "Dropped, since no longer part of pg_incident: function incident.extra(integer), "
        "function incident_engine.extra_trigger(), trigger extra on incident.policy, "
        "view incident.all_extras, view incident.extra_view\n"
    ) in done.stdout
    assert dump_schema(database.url) == fresh
    assert "Dropped" not in database.migrate().stdout


def test_a_trigger_that_no_file_holds_any_more_is_dropped_though_its_function_stays(
    database: Database, tree: Path
) -> None:
    fresh = dump_schema(database.url)
    manifest.add_function(
        tree,
        "policy/extra.sql",
        "create or replace trigger once_more after update on incident.policy"
        " for each statement execute function incident_engine.log_policy_change();",
    )
    database.migrate(tree=tree)
    assert "trigger once_more on incident.policy" in database.migrate().stdout
    assert dump_schema(database.url) == fresh


def test_what_somebody_else_put_into_the_schemas_stays(database: Database) -> None:
    database.psql(
        "create function incident.ours() returns integer language sql return 1;"
        "create view incident.our_view as select incident.ours();"
        "create function incident.our_trigger() returns trigger language plpgsql"
        " as $$ begin return null; end $$;"
        "create trigger ours after insert on incident.policy execute function incident.our_trigger()"
    )
    before = dump_schema(database.url)
    assert "Dropped" not in database.migrate().stdout
    assert dump_schema(database.url) == before


def test_what_somebody_else_built_on_it_is_named(database: Database, tree: Path) -> None:
    manifest.add_function(tree, "policy/extra.sql", EXTRA)
    database.migrate(tree=tree)
    database.psql("create view public.ours as select * from incident.all_extras")
    refused = assert_refused(
        database,
        "something depends on what is no longer part of pg_incident",
        "Drop or change it, then deploy again.",
    )
    assert "view public.ours depends on view incident.all_extras" in refused.stderr


# When it refuses, it says why and what to do


def test_an_edited_migration_is_refused(empty_database: Database, tree: Path) -> None:
    manifest.add_migration(tree, NEXT, "create table incident.extra (a integer);\n")
    empty_database.migrate(tree=tree)
    (tree / f"db/migrations/{NEXT}.sql").write_text("create table incident.extra (a bigint);\n")
    assert_refused(
        empty_database,
        f"migration migrations/{NEXT}.sql was edited after it was applied",
        "Restore the file as it was and put the change into a new migration.",
        tree=tree,
    )


def test_a_table_edited_after_it_was_made_is_refused(database: Database, tree: Path) -> None:
    manifest.edit(tree / "db/tables/device.sql", "video_device text,", "video_device text, more text,")
    assert_refused(database, "migration baseline.sql was edited after it was applied", tree=tree)


def test_the_ledger_holds_what_sha256sum_prints(empty_database: Database, tree: Path) -> None:
    manifest.add_migration(tree, NEXT, "select 'it''s – \\ \"quoted\"', $$x$$;\n\n-- :end 'of' file\n")
    empty_database.migrate(tree=tree)
    printed = subprocess.check_output(["sha256sum", tree / f"db/migrations/{NEXT}.sql"], text=True)
    kept = empty_database.psql("select sha256 from incident_engine.migration order by version desc limit 1")
    assert kept == printed.split()[0]


def test_another_folder_is_refused(empty_database: Database, tmp_path: Path) -> None:
    assert_refused(
        empty_database,
        "must be run from the root of the pg_incident tree",
        "cd to the folder that holds db/ and functions/",
        cwd=tmp_path,
    )


def test_a_server_older_than_15_is_refused(empty_database: Database) -> None:
    assert_refused(
        empty_database,
        "pg_incident needs PostgreSQL 15 or newer; this server is version 14",
        "Upgrade the server",
        arguments=["-v", "server_version_num=140018"],
    )


def test_a_database_newer_than_the_tree_is_refused(empty_database: Database, tree: Path) -> None:
    manifest.add_migration(tree, LAST, "create table incident.extra (a integer);\n")
    empty_database.migrate(tree=tree)
    assert_refused(empty_database, "this database is at migration 9999, newer than this tree")


def test_a_migration_numbered_below_an_applied_one_is_refused(empty_database: Database, tree: Path) -> None:
    manifest.add_migration(tree, LAST, "create table incident.extra (a integer);\n")
    empty_database.migrate(tree=tree)
    stanza = f"\\set migration {LAST}\n"
    (tree / f"db/migrations/{NEXT}.sql").write_text("select 1;\n")
    added = f"\\set migration {NEXT}\n\\ir apply_migration.psql\n\n"
    manifest.edit(tree / "db/migrate.sql", stanza, added + stanza)
    assert_refused(
        empty_database,
        f"migration migrations/{NEXT}.sql comes before migration 9999",
        "Give it the next free number",
        tree=tree,
    )


def test_without_a_single_transaction_it_is_refused(empty_database: Database) -> None:
    done = run_psql(empty_database.url, file="db/migrate.sql", bin=empty_database.server.bin, check=False)
    assert done.returncode != 0
    assert "db/migrate.sql must run in one transaction" in done.stderr
    assert empty_database.psql("select count(*) from pg_namespace where nspname like 'incident%'") == "0"
