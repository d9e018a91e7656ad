"""Verbs: what a person waits for who works one incident, 200 or 2,000 by one call.

Wall clock of one statement each, over incidents of as many devices, four to a host, right after they opened:
the tables have never been analysed, as in the minute in which everything fails.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.bench.engine import insert
from tests.bench.workbench import Row, Times, Workbench

VERBS = {
    "acknowledge": "'hub dead'",
    "assign": "'ana'",
    "comment": "'the hub it is'",
    "snooze": "now() + interval '1 hour'",
    "resolve": "'replaced', 'hub'",
    "close": "'filed'",
    "reopen": "'not over'",
    "dismiss": "'a test'",
}


def run(bench: Workbench) -> list[Row]:
    return [work(bench, size) for size in ([4] if bench.options.quick else [1, 200, 2000])]


def work(bench: Workbench, incidents: int) -> Row:
    start = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=5)
    took: Row = {"incidents": incidents}
    with bench.database(start) as database, database.connect() as connection:
        insert(connection, start, "stopped", 0, incidents - 1)
        numbers = [
            number for (number,) in connection.execute("select incident_id from system_incident").fetchall()
        ]
        for verb, words in VERBS.items():
            times = Times()
            with times.measured(connection):
                connection.execute(f"select * from incident.{verb}(%s::bigint[], {words})", [numbers])
            took[f"{verb}_ms"] = round(times.clock[0] * 1000)
        board = Times()
        connection.execute("select incident.undismiss(%s::bigint[])", [numbers])
        with board.measured(connection):
            connection.execute("select * from incident.board")
        took["board_ms"] = round(board.clock[0] * 1000)
    return took
