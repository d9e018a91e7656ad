"""docs/worked-example.md does what it says: its samples are sent, its queries run, its answers compared."""

from __future__ import annotations

import re

from db.embedded import REPO
from tests.support.rows import device_row, insert, minute
from tests.support.servers import Database

TEXT = (REPO / "docs/worked-example.md").read_text()
PERIODS = re.findall(r"^\| 1(\d):(\d\d) \| 1(\d):(\d\d) \| (\S+) \| (\S+) \| (\S+) \| (\d+) \|$", TEXT, re.M)
QUERIES = re.findall(r"```sql\n(.*?)```\n```text\n(.*?)```", TEXT, re.S)


def cells(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def test_the_answers_are_those_of_the_document(database: Database) -> None:
    assert len(PERIODS) == 9
    assert len(QUERIES) == 7
    acknowledged = False
    with database.connect() as connection:
        connection.execute(
            "select incident.add_maintenance('host-1', %s, %s, 'work')", [minute(55), minute(60)]
        )
        for hour, start, end_hour, end, ffmpeg, monitor, _, minutes in PERIODS:
            first, last = int(hour) * 60 + int(start), int(end_hour) * 60 + int(end)
            assert last - first == int(minutes)
            if ffmpeg == "-":
                continue
            for number in range(first, last):
                insert(connection, device_row(number, ffmpeg_status=ffmpeg, monitor_status=monitor))
                if number == 13:
                    connection.execute(
                        "select incident.acknowledge(incident_id, acted_at => %s) from incident.active",
                        [minute(13)],
                    )
                    acknowledged = True
        # The rows came as they were taken, so people could know at once.
        connection.execute("select set_config('incident_engine.writer', 'engine', false)")
        connection.execute("update public.system_incident set announced_at = detected_at")
    assert acknowledged
    for query, answer in QUERIES:
        heading, *rows = cells(answer)
        assert cells(database.psql(query)) == rows, query
        for name in heading:
            assert re.search(rf"\b{name}\b", query), name
