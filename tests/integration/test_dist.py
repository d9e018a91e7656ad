"""What a release holds: built twice the same, installed from one file without the tree, taken away again."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from db import dist
from db.embedded import REPO
from tests.support import manifest
from tests.support.dump import dump_schema
from tests.support.psql import run_psql
from tests.support.rows import device_rows, host_row, insert
from tests.support.servers import Database

UNINSTALL = REPO / "db/uninstall.psql"
TABLES = ("system_metrics", "system_device_metrics", "system_incident")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder dist/, built for these tests."""
    into = tmp_path_factory.mktemp("a release") / "dist"
    dist.build(into=into)
    return into


def psql(database: Database, file: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return run_psql(
        database.url,
        file=file,
        bin=database.server.bin,
        cwd=Path("/"),
        arguments=["-1", *arguments],
        **options,
    )


def counts(database: Database) -> list[int]:
    return [int(database.psql(f"select count(*) from public.{table}")) for table in TABLES]


def with_rows(database: Database) -> list[int]:
    with database.connect() as connection:
        insert(connection, device_rows("active stuck stopped active - - - - active stopped"))
        insert(connection, host_row(0), "system_metrics")
        connection.execute(
            "select incident.acknowledge(incident_id, 'on it', operator => 'ada') from incident.active"
        )
    return counts(database)


def test_the_single_file_installs_what_the_tree_does(
    database: Database, empty_database: Database, release: Path
) -> None:
    name = f"pg_incident-{dist.version()}.sql"
    said = psql(empty_database, release / name).stdout
    assert said.endswith("1 migrations applied now, 1 in all, " + said.split("in all, ")[1])
    assert dump_schema(empty_database.url) == dump_schema(database.url)
    # Either upgrades what the other has installed.
    assert "0 migrations applied now" in empty_database.migrate().stdout
    assert "0 migrations applied now" in psql(empty_database, release / name).stdout


def test_the_single_file_holds_migrations_too(
    database: Database, empty_database: Database, tmp_path: Path
) -> None:
    tree = manifest.copy_tree(tmp_path / "tree")
    (tree / "pyproject.toml").write_text((REPO / "pyproject.toml").read_text())
    manifest.add_migration(
        tree, "0001_extra", "create table incident.extra (a text default 'it''s :x \\');\n"
    )
    file = tmp_path / "single.sql"
    file.write_text(dist.single_file(tree))
    psql(empty_database, file)
    psql(database, file)
    assert dump_schema(empty_database.url) == dump_schema(database.url)
    assert "0 migrations applied now" in database.migrate(tree=tree).stdout


def test_without_a_single_transaction_the_single_file_is_refused(
    empty_database: Database, release: Path
) -> None:
    file = release / f"pg_incident-{dist.version()}.sql"
    done = run_psql(empty_database.url, file=file, bin=empty_database.server.bin, check=False)
    assert done.returncode != 0
    assert f"{file.name} must run in one transaction" in done.stderr
    assert empty_database.psql("select to_regnamespace('incident') is null") == "t"


def test_built_from_another_clone_it_is_the_same(release: Path, tmp_path: Path) -> None:
    """In another folder, by somebody whose files nobody else may read, at another time, in another zone."""
    clone = tmp_path / "another clone"
    tracked = ["git", "-C", str(REPO), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    for name in filter(None, subprocess.check_output(tracked, text=True).split("\0")):
        if (REPO / name).exists():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPO / name, clone / name)
            (clone / name).chmod(0o700 if os.access(REPO / name, os.X_OK) else 0o600)
    subprocess.run(
        [sys.executable, "-c", "import os; os.umask(0o077); from db import dist; dist.build()"],
        cwd=clone,
        env=os.environ | {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        check=True,
    )
    assert (clone / "dist/SHA256SUMS").read_text() == (release / "SHA256SUMS").read_text()


def test_the_sums_are_right_and_the_archive_says_what_it_provides(release: Path) -> None:
    for line in (release / "SHA256SUMS").read_text().splitlines():
        sum, name = line.split("  ")
        assert hashlib.sha256((release / name).read_bytes()).hexdigest() == sum
    number = dist.version()
    with zipfile.ZipFile(release / f"pg_incident-{number}.zip") as packed:
        said = json.loads(packed.read(f"pg_incident-{number}/META.json"))
        assert packed.read(f"pg_incident-{number}/{said['provides']['pg_incident']['file']}")
    with zipfile.ZipFile(next(release.glob("*.whl"))) as packed:
        assert {
            *("host_agent/host-agent.service", "host_agent/host-agent.example.toml"),
            *("notifier/notifier.service", "notifier/notifier.example.toml"),
        } <= set(packed.namelist())


def test_versions_agree(database: Database) -> None:
    released = re.search(r"(?m)^## \[(\d\S*)\]", (REPO / "CHANGELOG.md").read_text())[1]
    assert database.psql("select incident.version()") == dist.version() == released


# Taking it away


def test_uninstalled_it_leaves_tables_that_work(database: Database) -> None:
    before = with_rows(database)
    psql(database, UNINSTALL)
    assert counts(database) == before
    left = database.psql("select nspname from pg_namespace where nspname like 'incident%'")
    triggers = database.psql("select tgname from pg_trigger where not tgisinternal")
    policies = database.psql(
        "select polname from pg_policy union select relname from pg_class where relrowsecurity"
    )
    assert (left, triggers, policies) == ("", "", "")
    with database.connect() as connection:
        insert(connection, device_rows("stuck", at=30))
        connection.execute("update public.system_incident set root_cause = 'cable'")
        connection.execute("delete from public.system_device_metrics where ffmpeg_status = 'stopped'")


def test_installed_again_it_takes_the_rows_over(database: Database) -> None:
    fresh = dump_schema(database.url)
    before = with_rows(database)
    history = database.psql("select * from incident.device_state order by started_at")
    seen = "select detected_at, resolved_at, acknowledged_at from public.system_incident order by 1, 2"
    incidents = database.psql(seen)
    psql(database, UNINSTALL)
    database.migrate()
    run_psql(database.url, file=REPO / "db/adopt.sql", bin=database.server.bin)
    assert counts(database)[:2] == before[:2]
    assert database.psql("select * from incident.device_state order by started_at") == history
    assert database.psql("select count(*) from incident_engine.quarantine") == "0"
    assert database.psql(seen) == incidents
    database.psql("drop schema incident_adopted cascade")
    assert dump_schema(database.url) == fresh


def test_deletes_the_rows_only_when_asked_twice(database: Database) -> None:
    before = with_rows(database)
    refused = psql(database, UNINSTALL, "-v", "tables=drop", check=False)
    assert "this would delete every sample and every incident" in refused.stderr
    assert f"-v really={database.name}" in refused.stderr
    assert counts(database) == before
    psql(database, UNINSTALL, "-v", "tables=drop", "-v", f"really={database.name}")
    assert database.psql("select relname from pg_class where relname like 'system_%'") == ""


def test_what_somebody_built_on_it_stops_it(database: Database) -> None:
    database.psql("create view public.ours as select * from incident.active")
    refused = psql(database, UNINSTALL, check=False)
    assert "something depends on pg_incident" in refused.stderr
    assert "view public.ours" in refused.stderr
    assert database.psql("select count(*) from incident.active") == "0"
