"""report/status.sh, the screen of `make status`: what it says by its exit code and its colours."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

from db.embedded import REPO
from tests.support.rows import device_rows, insert
from tests.support.servers import Database

SCRIPT = REPO / "report/status.sh"
NAGIOS = REPO / "report/nagios.sh"


def screen(
    database: Database, *, terminal: bool = False, script: Path = SCRIPT, **environment: str
) -> tuple[int, str]:
    """Exit code and what is printed, into a pipe or on a terminal."""
    reader, writer = pty.openpty() if terminal else os.pipe()
    process = subprocess.Popen(
        [script, database.server.bin / "psql" if database.server.bin else "psql", "-d", database.url],
        stdout=writer,
        env={name: value for name, value in os.environ.items() if name != "NO_COLOR"} | environment,
    )
    os.close(writer)
    printed = b""
    try:
        while piece := os.read(reader, 65536):
            printed += piece
    except OSError:  # a terminal that nobody has open any more
        pass
    os.close(reader)
    return process.wait(timeout=60), printed.decode()


def test_the_exit_code_says_whether_all_is_well(database: Database) -> None:
    assert screen(database)[0] == 0
    with database.connect() as connection:
        insert(connection, device_rows("active stopped"))
        code, text = screen(database)
        assert (code, "NOBODY HAS LOOKED" in text) == (2, True)
        # Somebody looks, all the time.
        connection.execute("update incident_engine.sweep_state set swept_to = now() + interval '1 hour'")
        code, text = screen(database)
        assert (code, "1 active, 1 critical" in text) == (1, True)
        connection.execute("select incident.snooze(1, now() + interval '1 hour')")
        assert screen(database)[0] == 0  # a person has said that nobody is to be told


def test_a_plugin_of_nagios_has_its_exit_codes(database: Database, empty_database: Database) -> None:
    def check(of: Database) -> tuple[int, str]:
        code, text = screen(of, script=NAGIOS)
        return code, text.split(" ")[0]

    assert check(database) == (0, "OK")
    assert check(empty_database) == (3, "UNKNOWN")
    with database.connect() as connection:
        insert(connection, device_rows("active stopped"))
        assert check(database) == (3, "UNKNOWN")
        connection.execute("update incident_engine.sweep_state set swept_to = now() + interval '1 hour'")
        assert check(database) == (2, "CRITICAL")


def test_a_database_without_an_answer_is_told_apart(empty_database: Database) -> None:
    assert screen(empty_database)[0] == 3


def test_colours_are_for_terminals(database: Database) -> None:
    with database.connect() as connection:
        insert(connection, device_rows("active stopped"))
        connection.execute("update incident_engine.sweep_state set swept_to = now() + interval '1 hour'")
    plain = screen(database)[1]
    assert "\x1b" not in plain and "#1 CRITICAL:" in plain
    coloured = screen(database, terminal=True)[1]
    assert "\x1b[1;31m#1 CRITICAL:\x1b[0m" in coloured and coloured.startswith("\x1b[1;31mNOW")
    assert "\x1b" not in screen(database, terminal=True, NO_COLOR="1")[1]
    assert (
        screen(database, terminal=True, NO_COLOR="")[1] == coloured
    )  # empty: not set, as no-color.org has it
