"""The schema of a database as text: what upgrades are compared by and, in short, db/schema.sql."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
from functools import cache
from pathlib import Path

import psycopg

from db.embedded import ServerError, wheel_bin
from tests.support.psql import environment
from tests.support.servers import installations

# Lines that depend on the program or on the server's version alone.
NOISE = re.compile(
    r"-- Dumped (from|by) .*"
    r"|-- PostgreSQL database dump.*"
    r"|\\(un)?restrict .*"
    r"|SET \w+ = .*;"
    r"|SELECT pg_catalog\.set_config\('search_path'.*"
    r"|ALTER TABLE ONLY \S+ ALTER COLUMN \S+ SET \(pg_attver=\d+\);"  # some minor versions' own bookkeeping
)


@cache
def newest_pg_dump() -> Path:
    """pg_dump of the newest PostgreSQL here: an older one refuses newer servers."""
    folders = [folder for folder in installations().values() if folder]
    with contextlib.suppress(ServerError):
        folders.append(wheel_bin())
    programs = [folder / "pg_dump" for folder in folders] or [Path("pg_dump")]

    def version(program: Path) -> float:
        text = subprocess.check_output([program, "--version"], text=True)
        return float(re.search(r"\d+(\.\d+)?", text)[0])

    return max(programs, key=version)


def dump_schema(url: str) -> str:
    """pg_dump --schema-only, without what changes by date or program: day partitions, versions, settings."""
    with psycopg.connect(url) as connection:
        day_partitions = connection.execute(
            """
            select inhrelid::regclass::text
            from pg_inherits
            join pg_class on pg_class.oid = inhrelid
            where pg_class.relkind in ('r', 'p')
                and pg_get_expr(relpartbound, inhrelid) <> 'DEFAULT'
            """
        ).fetchall()
    text = subprocess.run(
        [
            *(newest_pg_dump(), "--schema-only", "--no-owner", "--dbname", url),
            *(f"--exclude-table={name}" for (name,) in day_partitions),
        ],
        capture_output=True,
        text=True,
        check=True,
        env=environment() | {"PGOPTIONS": "-c timezone=UTC", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        cwd=os.sep,
    ).stdout
    lines = [line for line in text.splitlines() if not NOISE.fullmatch(line)]
    text = "\n".join(line for line in lines if line != "--")
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def snapshot(url: str) -> str:
    """dump_schema without what functions/ shows better: of functions the signatures alone."""
    kept = []
    for part in re.split(r"(?m)^(?=-- Name: )", dump_schema(url)):
        if re.match(r"-- Name: .*; Type: (FUNCTION|PROCEDURE);", part):
            kept.append(part.splitlines()[0] + "\n")
        elif not re.match(r"-- Name: (FUNCTION|PROCEDURE) .*; Type: (COMMENT|ACL);", part):
            kept.append("\n" + part)
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip() + "\n"
