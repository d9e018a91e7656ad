"""What `make lint` looks for with pgspot and squawk is found where it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from db.embedded import REPO
from tests.support import manifest
from tests.support.flatten import findings, flatten


def test_pgspot_finds_nothing_in_what_is_installed() -> None:
    assert findings(flatten()) == ""


HIJACKABLE = {
    "no pinned search_path": (
        "PS005",
        "create function incident.f() returns integer language plpgsql as $$ begin return 1; end $$;",
    ),
    "a hostile search_path for the owner's rights": (
        "PS004",
        "create function incident.f() returns integer language plpgsql security definer"
        " set search_path = public as $$ begin return 1; end $$;",
    ),
    "temporary objects first": (
        "PS004",
        "create function incident.f() returns integer language plpgsql security definer"
        " set search_path = pg_catalog as $$ begin return 1; end $$;",
    ),
    "a function without a schema in an unpinned body": (
        "PS016",
        "create function incident.f() returns text language plpgsql as"
        " $$ declare r incident.policy; begin r := null; return lower('A'); end $$;",
    ),
    "a function of somebody else replaced": (
        "PS002",
        "create or replace function public.f() returns integer language sql"
        " set search_path = pg_catalog, pg_temp\nreturn 1;",
    ),
    "a schema that may have been made ready": ("PS010", "create schema if not exists incident_more;"),
    "a table that may have been made ready": ("PS012", "create table if not exists public.more ();"),
    "a view that replaces another": ("PS015", "create or replace view public.more as select 1;"),
}


@pytest.mark.parametrize("what", HIJACKABLE)
def test_pgspot_would_find(what: str, tmp_path: Path) -> None:
    code, statement = HIJACKABLE[what]
    tree = manifest.copy_tree(tmp_path / "tree")
    manifest.add_function(tree, "policy/zzz.sql", statement)
    assert code in findings(flatten(tree))


def test_all_that_is_installed_is_looked_at() -> None:
    text = flatten()
    for file in [
        *(REPO / "db/types").glob("*.sql"),
        *(REPO / "db/tables").glob("*.sql"),
        *(REPO / "db/migrations").glob("*.sql"),
        REPO / "db/comments.sql",
        *(REPO / "functions").rglob("*.sql"),
        REPO / "db/roles.sql",
    ]:
        assert file.read_text().strip() in text, file


BLOCKING = {
    "ban-drop-column": "alter table public.system_incident drop column reason;",
    "changing-column-type": "alter table public.system_metrics alter column cpu_percent type text;",
    "prefer-timestamp-tz": "create table incident.more (at timestamp);",
    "renaming-column": "alter table public.system_incident rename column reason to why;",
}


@pytest.mark.parametrize("rule", BLOCKING)
def test_squawk_would_find(rule: str, tmp_path: Path) -> None:
    file = tmp_path / "9999_more.sql"
    file.write_text(BLOCKING[rule])
    done = subprocess.run(
        [Path(sys.executable).with_name("squawk"), "--reporter", "gcc", "-c", ".squawk.toml", file],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert rule in done.stdout + done.stderr
