"""What db/migrate.sql includes, read from its text, and copies of the tree to break in tests."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from db.embedded import REPO


def baseline(tree: Path = REPO) -> list[str]:
    """Paths of the type and table files below db/, in the order of db/baseline.sql."""
    return re.findall(r"(?m)^\\ir (\S+)$", (tree / "db/baseline.sql").read_text())


def migrations(tree: Path = REPO) -> list[str]:
    """Names of the migrations, in the order of db/migrate.sql."""
    return re.findall(r"(?m)^\\set migration (\S+)\n\\ir apply_migration\.psql$", text(tree))


def functions(tree: Path = REPO) -> list[str]:
    """Paths of the function files below functions/, in the order of db/migrate.sql."""
    return re.findall(r"(?m)^\\ir \.\./functions/(\S+)$", text(tree))


def text(tree: Path = REPO) -> str:
    return (tree / "db/migrate.sql").read_text()


def copy_tree(to: Path) -> Path:
    """A copy of db/ and functions/ to change in a test."""
    for folder in ("db", "functions"):
        shutil.copytree(REPO / folder, to / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return to


def edit(file: Path, old: str, new: str) -> None:
    """Replace the one place where `old` stands."""
    content = file.read_text()
    assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times in {file}"
    file.write_text(content.replace(old, new))


def add_migration(tree: Path, name: str, sql: str) -> None:
    """Add a migration after the last one."""
    (tree / f"db/migrations/{name}.sql").write_text(sql)
    stanza = f"\\set migration {name}\n\\ir apply_migration.psql\n"
    edit(tree / "db/migrate.sql", END_OF_MIGRATIONS, stanza + END_OF_MIGRATIONS)


def add_function(tree: Path, file: str, sql: str | None) -> None:
    """Include one more function file at the end; None: name it and write no file."""
    if sql is not None:
        (tree / "functions" / file).write_text(sql)
    edit(tree / "db/migrate.sql", END_OF_FUNCTIONS, f"\\ir ../functions/{file}\n{END_OF_FUNCTIONS}")


END_OF_MIGRATIONS = "\nselect pg_temp.refuse(\n    format('this database is at migration"
END_OF_FUNCTIONS = "\n\\ir drop_orphans.sql"
