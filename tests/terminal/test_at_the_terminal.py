"""What a person at psql sees, to the letter: an operator's night, and what is said to mistakes.

The settings are those of `make psql`. After a change on purpose: REWRITE=1 pytest tests/terminal, then read
the diff.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from db.embedded import REPO
from tests.support.psql import environment
from tests.support.servers import Database

HERE = Path(__file__).parent
PEOPLE = {"ana": "incident_operator", "ben": "incident_operator", "eva": "incident_admin"}
# The night of 2 March 2026: a hub dies, a camera flaps, a host falls silent, another is in maintenance.
NIGHT = HERE / "night.sql"


def settings() -> list[str]:
    (found,) = re.findall(r"(?m)^TERMINAL = (.+)$", (REPO / "Makefile").read_text())
    return shlex.split(found)


@pytest.fixture
def studios(database: Database) -> Iterator[Database]:
    with database.connect() as connection:
        for name, group in PEOPLE.items():
            if not connection.execute("select from pg_roles where rolname = %s", [name]).fetchone():
                connection.execute(f"create role {name} login in role {group}")
        connection.execute(NIGHT.read_text())
    yield database
    with database.connect() as connection:
        for name in PEOPLE:
            connection.execute(f"drop owned by {name} cascade")
            connection.execute(f"drop role {name}")


def transcript(database: Database, file: Path, person: str = "ana") -> str:
    """What the terminal shows while a person types the file."""
    done = subprocess.run(
        [
            *(str(database.server.bin / "psql") if database.server.bin else "psql", "-X", "-a", "-q"),
            *("-d", psycopg.conninfo.make_conninfo(database.url, user=person), *settings()),
        ],
        stdin=file.open(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env=environment() | {"PGTZ": "UTC", "COLUMNS": "100", "LC_ALL": "C.UTF-8"},
    )
    return re.sub(r"(?m) +$", "", done.stdout)


@pytest.mark.parametrize(
    "name, person", [("night", "ana"), ("mistakes", "ana"), ("engineer_mistakes", "eva")]
)
def test_the_terminal_shows_what_is_written_down(studios: Database, name: str, person: str) -> None:
    shown = transcript(studios, HERE / f"{name}.psql", person)
    if os.environ.get("REWRITE"):
        (HERE / f"{name}.out").write_text(shown)
    assert shown == (HERE / f"{name}.out").read_text()


def test_nothing_is_wider_than_a_hundred_columns() -> None:
    wide = [line for line in (HERE / "night.out").read_text().splitlines() if len(line) > 100]
    assert wide == []


@pytest.mark.parametrize("name", ["mistakes", "engineer_mistakes"])
def test_every_mistake_is_told_what_to_do_and_not_where_in_the_engine(name: str) -> None:
    shown = (HERE / f"{name}.out").read_text()
    mistakes = re.split(r"(?m)^(?=select )", shown.split("-- Mistakes")[1])[1:]
    assert len(mistakes) >= 30
    assert [one for one in mistakes if "HINT:" not in one or "CONTEXT:" in one] == []
