"""Every role, every object: as the committed table says, and the table as the rules say."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from db.embedded import REPO
from tests.security.conftest import MakeLogin
from tests.support import manifest, permissions
from tests.support.servers import Database, Server, server_names

COMMITTED = REPO / "tests/security/permissions.csv"
TABLE = list(csv.DictReader(COMMITTED.read_text().splitlines()))
on_one_server = pytest.mark.parametrize("server", server_names()[:1], indirect=True)


def may(role: str, privilege: str | None = None) -> set[str]:
    return {
        row["object"] for row in TABLE if row[role] and (privilege is None or privilege in row[role].split())
    }


def test_a_fresh_install_grants_what_the_committed_table_says(database: Database) -> None:
    assert permissions.as_csv(database.url) == COMMITTED.read_text(), "run `make docs`, read the difference"


@on_one_server
def test_the_committed_page_is_up_to_date(database: Database) -> None:
    assert permissions.as_markdown(database.url) == (REPO / "docs/permissions.md").read_text(), "`make docs`"


@on_one_server
def test_a_grant_that_should_not_be_is_seen(database: Database) -> None:
    """Also when it is for one column, one day's partition, or everybody."""
    for grant, row in (
        (
            "update (status) on public.system_incident to incident_operator",
            "system_incident,,select,select update",
        ),
        ("insert on public.system_device_metrics_default to incident_agent", "metrics_default,insert,"),
        ("execute on function incident_engine.fold to public", "fold(incident_engine.touch[],"),
        ("usage on schema incident_engine to incident_viewer", "schema,incident_engine,,usage"),
        ("usage on sequence public.system_incident_incident_id_seq to incident_admin", "id_seq,,,,usage"),
    ):
        with database.connect(autocommit=False) as connection:
            connection.execute(f"grant {grant}")
            connection.commit()
        found = permissions.as_csv(database.url)
        assert row in found and found != COMMITTED.read_text()
        with database.connect() as connection:
            connection.execute(f"revoke {grant.replace(' to ', ' from ')}")
    assert permissions.as_csv(database.url) == COMMITTED.read_text()


# What the table must say, whoever regenerates it


def test_public_may_do_nothing_but_be_told_by_row_security_what_to_call() -> None:
    assert may("public") == {"incident_engine.agent_hosts(text)", "incident_engine.refuse_host(text,text)"}


def test_agents_insert_metric_rows_and_see_which_hosts_are_theirs() -> None:
    assert may("incident_agent", "insert") == {"public.system_metrics", "public.system_device_metrics"}
    assert may("incident_agent", "select") == set()
    assert may("incident_agent", "usage") == {"incident"}
    report = "incident.report_evidence(text,text,text,text,jsonb,text)"
    assert may("incident_agent", "execute") - may("public") == {"incident.version()", report}
    assert len(may("incident_agent") - may("public")) == 5


def test_whoever_is_granted_all_in_schema_public_reads_and_changes_nothing() -> None:
    everything = {row["object"]: row[permissions.DEFAULT_GRANTS] for row in TABLE}
    contract = {"public.system_metrics", "public.system_device_metrics", "public.system_incident"}
    tables = {row["object"] for row in TABLE if row["kind"] == "table"}
    assert {name: held for name, held in everything.items() if held and name in tables} == dict.fromkeys(
        contract, "select"
    )


def test_notifiers_deliver_and_drive_the_sweep() -> None:
    assert {one.split("(")[0] for one in may("incident_notifier") - may("public")} == {
        *("incident", "incident.claim_messages", "incident.settle_message", "incident.notifier_seen"),
        *("incident.sweep", "incident.sweep_all"),
    }


@pytest.mark.parametrize("role", ["incident_viewer", "incident_operator", "incident_admin"])
def test_people_write_through_functions_alone(role: str) -> None:
    held = {privilege for row in TABLE for privilege in row[role].split()}
    assert held == {"select", "execute", "usage"}
    assert may(role, "usage") == {"incident"}, "no sequence, and not the engine's schema"


@pytest.mark.parametrize(
    "more, less", [("incident_operator", "incident_viewer"), ("incident_admin", "incident_operator")]
)
def test_each_group_may_what_the_one_below_may(more: str, less: str) -> None:
    assert may(less) < may(more)


def test_nobody_reads_the_tables_of_the_engine() -> None:
    engine = {row["object"] for row in TABLE if row["object"].startswith("incident_engine.")}
    functions = {row["object"] for row in TABLE if row["kind"] == "function"}
    assert engine - functions
    for role in permissions.ROLES:
        assert may(role) & (engine - functions) == set()


def test_viewers_run_nothing_that_writes(database: Database) -> None:
    with database.connect() as connection:
        volatile = connection.execute(
            "select p.oid::regprocedure::text from pg_proc as p"
            " where p.pronamespace::regnamespace::text in ('incident', 'incident_engine')"
            " and p.provolatile = 'v' and has_function_privilege('incident_viewer', p.oid, 'execute')"
        ).fetchall()
    assert volatile == []


def test_operators_run_the_lifecycle_and_admins_what_is_left() -> None:
    folder = {Path(file).stem: file.split("/")[0] for file in manifest.functions()}

    def folders(objects: set[str]) -> set[str]:
        names = [one.split("(")[0].rpartition(".")[2] for one in objects if "(" in one]
        return {folder[name] for name in names}

    assert folders(may("incident_operator") - may("incident_viewer")) <= {
        *("policy", "hosts", "lifecycle", "notify", "reporting", "sites"),
    }
    assert "engine" not in folders(may("incident_admin") - may("incident_operator"))


# What a person at psql sees after `incident.` and Tab. A new table belongs into incident_engine, with a view
# if people ask for what it says.
TABLES = [
    *(
        "contact",
        "device",
        "device_state",
        "escalation_step",
        "host",
        "host_condition",
        "maintenance",
        "message",
        "move",
    ),
    *("notification", "notifier", "outage", "policy", "policy_change", "recurring_maintenance", "retention"),
    *("retirement", "rotation", "rotation_override", "route", "sealed_report", "sealed_report_line"),
    *("site", "system_state", "timeline", "void_period"),
]
OWNERS = {"incident.drop_adopted()", "incident.schedule_sweep()", "incident.unschedule_sweep()"}


def test_schema_incident_holds_what_people_use_and_nothing_else() -> None:
    ours = [row for row in TABLE if row["object"].startswith("incident.") and row["kind"] != "sequence"]
    assert [row["object"] for row in ours if row["kind"] == "table"] == [
        f"incident.{name}" for name in TABLES
    ]
    for_nobody = {row["object"] for row in ours if not any(row[role] for role in permissions.ROLES)}
    assert for_nobody == OWNERS


@on_one_server
def test_what_is_shown_to_people_names_nothing_that_they_may_not_use(database: Database) -> None:
    """The dashboards' queries, which a reader runs; the texts that say what to call."""
    for file in (REPO / "grafana/queries").rglob("*.sql"):
        assert "incident_engine." not in file.read_text(), file.name
    told = database.psql("select answer from incident.status() union all select problem from incident.health")
    assert "incident_engine." not in told


# Whatever the deployer's defaults are


@on_one_server
def test_default_privileges_of_the_deployer_give_nobody_more(server: Server) -> None:
    """PUBLIC gets nothing; what a site grants to its own roles by default is its own affair, except for
    partitions, where row security lets nobody in."""
    empty = server.database()
    empty.psql(
        """
        alter default privileges grant all on tables to public;
        alter default privileges grant all on sequences to public;
        alter default privileges grant all on functions to public;
        alter default privileges grant all on schemas to public;
        """
    )
    empty.migrate()
    table = {row.name: dict(zip(permissions.ROLES, row.held, strict=False)) for row in rows_of(empty)}
    assert {name for name, held in table.items() if held["public"]} == may("public")
    server.drop(empty)


@on_one_server
def test_default_privileges_of_the_deployer_give_a_role_nothing_in_our_schemas(server: Server) -> None:
    """On the tables in schema public they do; there row security and guards decide, as the table says."""
    empty = server.database()
    empty.psql(
        """
        create role site_default_grants;
        alter default privileges grant all on tables to site_default_grants;
        alter default privileges grant all on sequences to site_default_grants;
        alter default privileges grant all on functions to site_default_grants;
        alter default privileges grant all on schemas to site_default_grants;
        """
    )
    try:
        empty.migrate()
        empty.psql("grant select on incident.active to site_default_grants")
        empty.migrate()  # what was granted on purpose stays
        with empty.connect() as connection:
            held = connection.execute(
                permissions.OBJECTS, {"roles": ["site_default_grants", "public"]}
            ).fetchall()
        assert {
            name
            for _, name, (own, everybody) in held
            if name.startswith("incident") and own not in ("", everybody)
        } == {"incident.active"}
    finally:
        server.drop(empty)
        with server.database().connect() as connection:
            connection.execute("drop role site_default_grants")


def rows_of(database: Database) -> list[Any]:
    return permissions.permissions(database.url)


def test_every_partition_has_row_security_and_no_policy_but_for_backups(database: Database) -> None:
    """So a right on it, however it came there, reaches no row; new ones too."""
    with database.connect() as connection:
        connection.execute("select incident.sweep(now() + interval '30 days')")
        open_ones = connection.execute(
            "select i.inhrelid::regclass::text from pg_inherits as i join pg_class as c on c.oid = i.inhrelid"
            " where i.inhparent = 'public.system_device_metrics'::regclass"
            " and (not c.relrowsecurity or exists (select from pg_policy as p where p.polrelid = c.oid"
            " and (p.polcmd, p.polroles) <> ('r', array['pg_read_all_data'::regrole::oid])))"
        ).fetchall()
        count = connection.execute(
            "select count(*) from pg_inherits where inhparent = 'public.system_device_metrics'::regclass"
        ).fetchone()
    assert open_ones == []
    assert count[0] > 15


def test_what_a_viewer_may_call_or_read_works_for_a_viewer(busy: Database, login: MakeLogin) -> None:
    """A function is run with the rights of its caller: so must be all that it uses."""
    with busy.connect() as owner:
        calls = owner.execute(
            "select format('select * from %s()', p.oid::regproc) from pg_proc as p"
            " where p.pronamespace = 'incident'::regnamespace and p.pronargs = p.pronargdefaults"
            " and has_function_privilege('incident_viewer', p.oid, 'execute')"
        ).fetchall()
    reads = [f"select * from {name}" for name in may("incident_viewer", "select")]
    assert len(calls) > 5
    assert len(reads) > 20
    with login("incident_viewer").connect() as viewer:
        for statement in [call for (call,) in calls] + reads:
            viewer.execute(statement)
