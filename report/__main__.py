"""Seal a month and write its report: `python -m report --month 2026-10 --zone Europe/Berlin`.

One page of HTML for people (prints well, no JavaScript, plots as inline SVG) and one CSV file with a line
a device.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from report.page import Month, page

Row = dict[str, Any]

PERIOD = "month => %(month)s, time_zone => %(zone)s, as_of => %(as_of)s"
WINDOW = "%(start)s, %(end)s"
DAYS = "'day', %(zone)s, %(start)s, %(end)s, as_of => %(as_of)s"
QUERIES = {
    "fleet": f"select * from incident.sla_report(by => 'fleet', {PERIOD})",
    "devices": f"""
        select s.*, a.down_seconds, a.no_data_seconds, a.maintenance_seconds, a.window_seconds, m.failures
        from incident.sla_report({PERIOD}) as s
        join incident.availability({WINDOW}, as_of => %(as_of)s) as a
            using (host_name, device_name, capture_folder)
        join incident.mtbf({WINDOW}, as_of => %(as_of)s) as m using (host_name, device_name, capture_folder)
        order by s.availability_percent nulls first, host_name, device_name, capture_folder
    """,
    "days": f"select * from incident.availability_by({DAYS}, by => 'fleet') order by bucket_start",
    "causes": f"""
        select bucket_start, component, sum(down_seconds) as down_seconds
        from incident.availability_by({DAYS}, by => 'component')
        group by bucket_start, component
        order by bucket_start, component
    """,
    "response": f"select * from incident.response_times({WINDOW}, as_of => %(as_of)s)",
    "reliability": f"select * from incident.mtbf({WINDOW}, 'fleet', %(as_of)s)",
    "recurring": f"""
        select * from incident.recurring({WINDOW}, %(zone)s, 2, %(as_of)s)
        where kind = 'root cause'
        limit 10
    """,
}
SEAL = """
select report_id, digest, sealed_at, sealed_by, lower(period) as start, upper(period) as end
from incident.seal_report(%(month)s, note => %(note)s, time_zone => %(zone)s)
"""
LINES = """
select * from incident.sealed_report_line
where report_id = %s
order by host_name, device_name, capture_folder
"""


def collect(connection: psycopg.Connection[Row], month: str, zone: str, note: str | None) -> Month:
    """Seal the month, then ask for all of it as of that moment."""
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read")
        (sealed,) = connection.execute(SEAL, {"month": month, "zone": zone, "note": note}).fetchall()
        given = {
            "month": month,
            "zone": zone,
            "start": sealed["start"],
            "end": sealed["end"],
            "as_of": sealed["sealed_at"],
        }
        found = {name: connection.execute(query, given).fetchall() for name, query in QUERIES.items()}
        lines = connection.execute(LINES, [sealed["report_id"]]).fetchall()
    return Month(month, zone, sealed, lines, **found)


def write(found: Month, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"report-{found.month}"
    html, table = folder / f"{name}.html", folder / f"{name}.csv"
    html.write_text(page(found), encoding="utf-8")
    with table.open("w", newline="", encoding="utf-8") as file:
        if found.lines:
            writer = csv.DictWriter(file, fieldnames=list(found.lines[0]))
            writer.writeheader()
            writer.writerows(found.lines)
    return [html, table]


def main() -> None:
    parser = argparse.ArgumentParser(prog="make report", description=__doc__)
    parser.add_argument("--month", required=True, help="like 2026-10")
    parser.add_argument("--zone", default="UTC", help="whose calendar, like Europe/Berlin (UTC)")
    parser.add_argument("--note", help="kept with what is sealed")
    parser.add_argument("--folder", type=Path, default=Path("reports"), help="where to (reports/)")
    arguments = parser.parse_args()
    url = os.environ.get("DATABASE_URL", "")
    try:
        with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
            found = collect(connection, arguments.month, arguments.zone, arguments.note)
    except psycopg.Error as error:
        sys.exit("\n".join(filter(None, [error.diag.message_primary or str(error), error.diag.message_hint])))
    for file in write(found, arguments.folder):
        print(f"wrote {file}")


if __name__ == "__main__":
    main()
