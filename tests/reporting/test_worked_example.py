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


# Minutes after 10:00: when Ada acknowledged what was open, and when what came late could be known.
ACKNOWLEDGED = (13, 78, 87)
ANNOUNCED = {82: 86}  # detected at, announced at; else as they were taken, so that people could know at once
MAINTENANCE = ((55, 60), (65, 75))
OUTAGE, RETIRED = (90, 100), 105


def test_the_answers_are_those_of_the_document(database: Database) -> None:
    assert len(PERIODS) == 18
    assert len(QUERIES) == 12
    with database.connect() as connection:
        for start, end in MAINTENANCE:
            connection.execute(
                "select incident.add_maintenance('host-1', %s, %s, 'work')", [minute(start), minute(end)]
            )
        connection.execute(
            "insert into incident.outage values (%s, %s)", [minute(OUTAGE[0]), minute(OUTAGE[1])]
        )
        for hour, start, end_hour, end, ffmpeg, monitor, _, minutes in PERIODS:
            first, last = int(hour) * 60 + int(start), int(end_hour) * 60 + int(end)
            assert last - first == int(minutes)
            if ffmpeg == "-":
                continue
            for number in range(first, last):
                row = device_row(number, ffmpeg_status=ffmpeg, monitor_status=monitor)
                insert(connection, row)
                if number in ACKNOWLEDGED:
                    acknowledged = connection.execute(
                        "select incident.acknowledge(incident_id, acted_at => %s) from incident.active"
                        " where status = 'open' and component <> 'system'",
                        [minute(number)],
                    )
                    assert acknowledged.rowcount == 1
        connection.execute(
            "select incident.retire_device("
            "%(host_name)s, %(device_name)s, %(capture_folder)s, 'sold', 'ada', %(at)s)",
            row | {"at": minute(RETIRED)},
        )
        connection.execute("select incident.sweep()")
        connection.execute("select set_config('incident_engine.writer', 'engine', false)")
        connection.execute("update public.system_incident set announced_at = detected_at")
        for detected, announced in ANNOUNCED.items():
            connection.execute(
                "update public.system_incident set announced_at = %s where detected_at = %s",
                [minute(announced), minute(detected)],
            )
    for query, answer in QUERIES:
        heading, *rows = cells(answer)
        assert cells(database.psql(query)) == rows, query
        for name in heading:
            assert re.search(rf"\b{name}\b", query), name
