"""Who installs and who owns what: a plain owner, groups that are there already, rights that are missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import dist
from db.embedded import REPO
from tests.support.psql import run_psql
from tests.support.rows import device_rows, insert
from tests.support.servers import Database, Server

GROUPS = ("incident_agent", "incident_viewer", "incident_operator", "incident_admin", "incident_notifier")


@pytest.fixture
def plain(private_server: Callable[..., Server]) -> Iterator[Database]:
    """A database on a server of its own, and a login `plain` that may do nothing yet."""
    database = private_server().database()
    database.psql("create role plain login; create role other login createrole; create role studio_1 login")
    return database


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("release") / f"pg_incident-{dist.version()}.sql"
    file.write_text(dist.single_file())
    return file


def as_role(role: str, database: Database, file: Path, *arguments: str) -> tuple[int, str, str]:
    done = run_psql(
        database.url.replace("postgres@", f"{role}@"),
        file=file,
        bin=database.server.bin,
        cwd=Path("/"),
        arguments=["-1", *arguments],
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_role_without_create_is_told_what_to_ask_for(plain: Database, release: Path) -> None:
    plain.psql("revoke create on schema public from public")
    code, _, said = as_role("plain", plain, release)
    assert code != 0
    assert f"plain may not create what pg_incident needs in database {plain.name}" in said
    wanted = re.search(r"a superuser, run: (.*)", said)[1]
    assert wanted == (
        f"grant create on database {plain.name} to plain; grant create on schema public to plain;"
    )
    plain.psql(wanted)
    _, _, said = as_role("plain", plain, release)
    assert "may not create the group roles" in said  # the next thing to ask for


def test_the_printed_statements_are_all_that_a_plain_owner_needs(plain: Database, release: Path) -> None:
    plain.psql(f"alter database {plain.name} owner to plain; grant create on schema public to plain")
    _, _, said = as_role("plain", plain, release)
    statements = re.search(r"once for the server: (.*)", said)[1]
    assert f"grant {', '.join(GROUPS)} to plain with admin option;" in statements
    run_psql(plain.url.replace("postgres@", "other@"), statements, bin=plain.server.bin)

    code, installed, said = as_role("plain", plain, release)
    assert code == 0, said
    assert "belong to another role" not in installed
    run_psql(
        plain.url.replace("postgres@", "plain@"),
        "grant incident_agent to studio_1; select incident.allow_agent('studio_1', 'host-1')",
        bin=plain.server.bin,
    )
    with Database(plain.server, plain.name).connect(user="studio_1") as connection:
        insert(connection, device_rows("active stuck"), on_conflict="do nothing")
    assert plain.psql("select severity from incident.active") == "high"


def test_groups_of_somebody_else_are_used_and_named(plain: Database, release: Path) -> None:
    plain.psql(f"alter database {plain.name} owner to plain; grant create on schema public to plain")
    groups = "; ".join(f"create role {name}" for name in GROUPS)
    plain.psql(
        f"set role other; {groups};"
        " grant incident_viewer to incident_operator; grant incident_operator to incident_admin"
    )
    code, installed, said = as_role("plain", plain, release)
    assert code == 0, said
    assert "The groups belong to another role." in installed
    run_psql(
        plain.url.replace("postgres@", "other@"),
        re.search(r"(?m)^ +(grant .* to plain with admin option;)", installed)[1],
        bin=plain.server.bin,
    )
    _, installed, _ = as_role("plain", plain, release)
    assert "The groups belong to another role." not in installed


def test_memberships_that_are_missing_are_asked_for(plain: Database, release: Path) -> None:
    plain.psql(f"alter database {plain.name} owner to plain; grant create on schema public to plain")
    plain.psql("; ".join(f"create role {name}" for name in GROUPS))
    code, _, said = as_role("plain", plain, release)
    assert code != 0
    assert "run, once for the server: grant incident_viewer to incident_operator;" in said


def test_a_login_without_the_group_is_named_when_it_is_allowed(database: Database) -> None:
    login = f"{database.name}_agent"
    told: list[str] = []
    with database.connect() as connection:
        connection.add_notice_handler(
            lambda notice: told.append(f"{notice.message_primary} | {notice.message_hint}")
        )
        connection.execute(f"create role {login} login")
        connection.execute("select incident.allow_agent(%s, 'host-1')", [login])
        connection.execute(f"grant incident_agent to {login}")
        connection.execute("select incident.allow_agent(%s, 'host-2')", [login])
        connection.execute(f"drop role {login}")
    assert told == [
        f"{login} may not insert rows yet: it is no member of incident_agent"
        f" | grant incident_agent to {login};"
    ]


@pytest.mark.parametrize("role", ["postgres", "plain"])
def test_from_the_first_install_to_the_last_uninstall_by_the_single_file(
    plain: Database, release: Path, role: str
) -> None:
    """Install, rows, upgrade, uninstall, reinstall with the rows taken over, uninstall with the tables."""
    plain.psql(
        f"alter database {plain.name} owner to plain; grant create on schema public to plain;"
        " alter role plain createrole"
    )
    uninstall, adopt = REPO / "db/uninstall.psql", REPO / "db/adopt.sql"

    def run(file: Path, *arguments: str) -> str:
        code, printed, said = as_role(role, plain, file, *arguments)
        assert code == 0, said
        return printed

    assert "1 migrations applied now" in run(release)
    with plain.connect() as connection:
        insert(connection, device_rows("active stuck stopped active"))
    assert "0 migrations applied now" in run(release)
    incidents = plain.psql("select severity, detected_at, resolved_at from public.system_incident")
    assert "pg_incident is gone" in run(uninstall)
    assert plain.psql("select count(*) from public.system_device_metrics") == "4"
    assert "1 migrations applied now" in run(release)
    done = run_psql(plain.url.replace("postgres@", f"{role}@"), file=adopt, bin=plain.server.bin, check=False)
    assert done.returncode == 0, done.stderr
    assert plain.psql("select severity, detected_at, resolved_at from public.system_incident") == incidents
    owners = "select distinct relowner::regrole from pg_class where relname like 'system\\_%'"
    assert plain.psql(owners) == role
    run(uninstall, "-v", "tables=drop", "-v", f"really={plain.name}")
    assert plain.psql("select to_regclass('public.system_metrics') is null") == "t"
