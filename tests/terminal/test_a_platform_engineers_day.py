"""A platform engineer's day, to the letter: from the first refusal of the installation to the last uninstall,
by psql alone, from the release's single file. After a change on purpose: REWRITE=1 pytest tests/terminal.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

from db import dist
from db.embedded import REPO
from tests.support.psql import environment
from tests.support.servers import Database, Server
from tests.terminal.test_at_the_terminal import settings

HERE = Path(__file__).parent
DATABASE = "monitoring"


def played(database: Database, files: dict[str, Path]) -> str:
    """What the terminal shows. `--- PERSON` begins what somebody types, `--- PERSON: psql ...` what is
    typed at the shell."""
    shown = []
    for part in re.split(r"(?m)^--- ", (HERE / "day.psql").read_text())[1:]:
        head, _, typed = part.partition("\n")
        person, _, command = head.partition(": ")
        arguments = ["-a", "-q", *settings()] if not command else shlex.split(command)[1:]
        arguments = [str(files.get(word, word)) for word in arguments]
        done = subprocess.run(
            [
                *(str(database.server.bin / "psql") if database.server.bin else "psql", "-X"),
                *("-d", psycopg.conninfo.make_conninfo(database.url, user=person.replace("dba", "postgres"))),
                *arguments,
            ],
            input=typed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd="/",
            env=environment() | {"PGTZ": "UTC", "COLUMNS": "100", "LC_ALL": "C.UTF-8"},
        )
        shown.append(f"--- {head}\n{done.stdout}")
    text = "".join(shown)
    for name, file in files.items():
        text = text.replace(str(file), name)
    # What is another tomorrow, or on another server.
    text = re.sub(r"\d+ functions, \d+ views", "N functions, N views", text)
    text = re.sub(r"on PostgreSQL [\d.]+[^:]*:", "on PostgreSQL N:", text)
    # What adoption says beside its counts is for tests/integration/test_adopt.py.
    text = re.sub(r"(?m)^(system_\w+: \d+ % read|incidents: |by hand: |works on |    it is ).*\n", "", text)
    text = re.sub(r"pg_temp_\d+", "pg_temp", text)
    text = re.sub(r"(partitions made +\|) \d+", r"\1 N", text)
    text = re.sub(r"(pg_incident\.sql|\.psql|\.sql):\d+:", r"\1:LINE:", text)
    return re.sub(r"(?m) +$", "", text)


def test_is_as_written_down(private_server: Callable[..., Server], tmp_path: Path) -> None:
    server = private_server()
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
        connection.execute("create role deployer login")
    database = Database(server, DATABASE)
    database.psql("revoke create on schema public from public")
    release = tmp_path / "release.sql"
    release.write_text(dist.single_file())
    files = {
        "pg_incident.sql": release,
        "uninstall.psql": REPO / "db/uninstall.psql",
        "adopt.sql": REPO / "db/adopt.sql",
    }
    shown = played(database, files)
    if os.environ.get("REWRITE"):
        (HERE / "day.out").write_text(shown)
    assert shown == (HERE / "day.out").read_text()
