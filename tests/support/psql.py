"""Run psql as people do."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from db.embedded import REPO, clean_environment


def run_psql(
    url: str,
    sql: str | None = None,
    *,
    file: Path | str | None = None,
    bin: Path | None = None,
    arguments: list[str] | None = None,
    cwd: Path = REPO,
    check: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Run SQL text (on standard input) or a file through psql; unaligned output, no headers.

    `bin` is the folder of psql (None: PATH). With `check` a failure raises AssertionError with its output.
    """
    done = subprocess.run(
        [
            *(str(bin / "psql") if bin else "psql", "-X", "-v", "ON_ERROR_STOP=1", "-qAt", "-d", url),
            *(arguments or []),
            *(["-f", str(file)] if file else []),
        ],
        input=sql or "",
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=environment(),
    )
    if check and done.returncode != 0:
        raise AssertionError(f"psql exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def migrate(
    url: str,
    *,
    bin: Path | None = None,
    tree: Path = REPO,
    cwd: Path | None = None,
    arguments: list[str] | None = None,
    check: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Deploy `tree` exactly as `make migrate` does, with the psql in `bin` (PATH when None)."""
    done = subprocess.run(
        [
            *(str(bin / "psql") if bin else "psql", "-X", "-v", "ON_ERROR_STOP=1", "--single-transaction"),
            *(*(arguments or []), "-f", str(tree / "db/migrate.sql") if cwd else "db/migrate.sql", "-d", url),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd or tree,
        env=environment(),
    )
    if check and done.returncode != 0:
        raise AssertionError(f"migrate exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def environment() -> dict[str, str]:
    """PG* variables (password, service ...) count only where they or DATABASE_URL name the server."""
    return dict(os.environ) if server_is_given() else clean_environment()


def server_is_given() -> bool:
    """True when DATABASE_URL or PG* name a server; the same variables as in the Makefile."""
    names = ("DATABASE_URL", "PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGSERVICE")
    return any(os.environ.get(name) for name in names)
