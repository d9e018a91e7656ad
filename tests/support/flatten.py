"""Everything that a fresh install runs, as one SQL text without psql commands: for tools that read SQL.

    python -m tests.support.flatten            print it
    python -m tests.support.flatten pgspot     look for what could be hijacked, with pgspot

pgspot reads text and knows neither psql nor all of SQL, so the text is put into words that it knows:
- A body in SQL (`return ...`, `begin atomic ... end`) is bound when it is created, under the search_path of
  db/migrate.sql; it is shown as a body in quotes with that search_path.
- Variables of PL/pgSQL whose type is a row are declared as records.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from pglast import ast, parse_sql

from db.embedded import REPO
from tests.support import manifest

# A procedure that commits can't have a search_path of its own; pgspot then looks at each of its names.
COMMITTING = ("--proc-without-search-path", "incident.sweep_all(at_most interval)")
PINNED = "set search_path = pg_catalog, pg_temp"


def flatten(tree: Path = REPO) -> str:
    """db/migrate.sql with all that it includes, psql's variables replaced by constants."""
    return as_sql(expand(tree / "db/migrate.sql", tree))


def expand(file: Path, tree: Path) -> str:
    """The file with its includes; every branch of \\if is taken."""
    lines = []
    migrations = iter(manifest.migrations(tree))
    for line in file.read_text().splitlines():
        if line == r"\ir apply.psql":
            lines.append(expand(tree / "db/baseline.sql", tree))
        elif line == r"\ir apply_migration.psql":
            lines.append((tree / f"db/migrations/{next(migrations)}.sql").read_text())
        elif found := re.fullmatch(r"\\ir (\S+\.sql)", line):
            lines.append(expand(file.parent / found[1], tree))
        elif line == r"\gset":
            lines.append(";")
        elif line.lstrip().startswith("\\"):
            lines.append(f"-- psql: {line}")
        elif found := re.fullmatch(r"(.*)\\g(?:set|exec)(?: .*)?", line):
            lines.append(f"{found[1]};")
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def as_sql(text: str) -> str:
    """Without psql's variables; psql replaces them outside of quotes and bodies alone, so does this where one
    stands."""
    text = re.sub(r"(?<=[\s(]):'(\w+)'", r"'\1'", text)
    return re.sub(r"(?<=[\s(]):([a-z_]+)(?=[\s;,)])", "1", text)


def for_pgspot(text: str) -> str:
    """In words that pgspot knows."""
    shown = []
    for raw in parse_sql(text):
        statement = text[raw.stmt_location :][: raw.stmt_len or None]
        if isinstance(raw.stmt, ast.CreateFunctionStmt):
            statement = quoted_body(statement) if raw.stmt.sql_body else statement
            statement = records(statement)
        elif isinstance(raw.stmt, ast.DoStmt):
            statement = records(statement)
        shown.append(statement + ";")
    return "\n".join(shown)


def quoted_body(statement: str) -> str:
    """`begin atomic ... end` and `return ...` as a body in dollar quotes, pinned if it is not."""
    found = re.fullmatch(
        r"(?P<head>.*?)^(?:begin atomic\n(?P<atomic>.*)^end|return\s(?P<returned>.*))",
        statement,
        re.DOTALL | re.MULTILINE,
    )
    head, body = found["head"], found["atomic"] or f"select {found['returned']}"
    pin = "" if "set search_path" in head else PINNED
    return f"{head}{pin}\nas $body$ {body} $body$"


def records(statement: str) -> str:
    """Row types of our own schemas as records, in declarations."""
    return re.sub(
        r"(?m)^(    \w+(?: constant)?) (?:public|incident|incident_engine)\.\w+(?= :=|;)",
        r"\1 record",
        statement,
    )


def findings(text: str) -> str:
    """What pgspot has to say about SQL as it is installed; empty when nothing."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "install.sql"
        file.write_text(for_pgspot(text))
        done = subprocess.run(
            [Path(sys.executable).with_name("pgspot"), *COMMITTING, file],
            capture_output=True,
            text=True,
            check=False,
        )
    said = f"{done.stdout}{done.stderr}".strip()
    # It says so, too, when it could not read something; the exit status does not.
    return (
        "" if done.returncode == 0 and said == "Errors: 0 Warnings: 0 Unknown: 0" else said or "pgspot failed"
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["pgspot"]:
        sys.exit(findings(flatten()) or None)
    sys.stdout.write(flatten())
