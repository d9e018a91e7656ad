"""What the browser shows: dashboards, a frame for each panel, and what is chosen. Runs grafana/render.

python -m tests.grafana.shown: writes docs/images/grafana-*.png (`make screenshots`)
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from db.embedded import REPO
from tests.grafana import checks, fleet
from tests.grafana.expansion import View, expand
from tests.grafana.fleet import Devices, Spell
from tests.grafana.frames import Frame, run, viewer
from tests.support.servers import Database, temporary_server

RENDER = REPO / "grafana/render"
IMAGES = REPO / "docs/images"
DAYS = 7
HOUR, DAY = 60, 1440

# A week of a small site; ages in minutes.
SITE: Devices = {
    ("berlin-1", "Lobby", "capture1"): [Spell(3 * DAY, 40, "stuck"), Spell(5 * HOUR, 12, "active", "stuck")],
    ("berlin-1", "Studio A", "capture2"): [Spell(2 * DAY + 50, 18, "stuck"), Spell(26, 27, "stopped")],
    ("berlin-1", "Studio B", "capture3"): [],
    ("köln-2", "Gate North", "capture1"): [
        *(Spell(day * DAY + 7 * HOUR, 30 + 10 * day, "stuck", "stuck") for day in range(1, 7)),
        Spell(95, 20, "stopped"),
    ],
    ("köln-2", "Gate South", "capture2"): [
        Spell(5 * DAY, 9 * HOUR, "unknown", "unknown"),
        Spell(12, 13, "active", "stuck"),
    ],
    ("köln-2", "Yard", "capture3"): [Spell(2 * DAY + 3 * HOUR, 70, "-")],
    ("o'brien", 'Kitchen "TV"', "capture1"): [
        Spell(4 * DAY, 25, "stuck"),
        Spell(9 * HOUR, 8, "stopped", "stopped"),
    ],
    ("o'brien", "Hall", "capture2"): [Spell(3 * HOUR, 6, "stuck")],
    ("wien-1", "Cam 1", "capture1"): [Spell(45, 46, "-")],
    ("wien-1", "Cam 2", "capture2"): [Spell(45, 46, "-"), Spell(6 * DAY, 15, "stopped")],
}


# A row a minute of each host for a day: one with a full disk and a clock that is ahead, one
# that fell silent with its devices.
HOST_ROWS = """
insert into public.system_metrics
    (host_name, server_name, timestamp, cpu_percent, memory_percent, disk_percent, cpu_temperature_celsius,
    load_average_1m, load_average_5m, load_average_15m, uptime_seconds, agent)
select h.name, h.name, %(now)s::timestamptz - m * interval '1 minute',
    20 + 11 * h.number + 8 * sin(m / (40.0 + 7 * h.number)) + m %% 5, 38 + 4 * h.number + m %% 3,
    case when h.name = 'o''brien' then 93 - m / 120 else 48 + 5 * h.number end, 51 + h.number + m %% 4,
    round((0.4 + h.number / 3.0 + (m %% 7) / 20.0)::numeric, 2),
    round((0.5 + h.number / 3.0)::numeric, 2), 0.6, 864000 - 60 * m,
    jsonb_build_object(
        'version', '0.1.0', 'backlog_rows', 0, 'quarantined', 0,
        'clock_offset_seconds', case when h.name = 'o''brien' then 74.2 else 0.1 * h.number end
    )
from (values ('berlin-1', 1), ('köln-2', 2), ('o''brien', 3), ('wien-1', 4)) as h (name, number)
cross join generate_series(0, 1440) as m
where h.name <> 'wien-1' or m > 45
"""


def shown(connection: psycopg.Connection[Any], uid: str, view: View) -> dict[str, Any]:
    """A dashboard with its rows, as grafana/render wants it."""
    dashboard = checks.committed()[uid]
    variables = dashboard["templating"]["list"]
    frames, starts = {}, {}
    for panel in dashboard["panels"]:
        start = view.time_from
        if panel.get("timeFrom") == "now/M":
            start = view.time_to.replace(day=1, hour=0, minute=0, second=0)
            starts[panel["id"]] = _milliseconds(start)
        for target in panel.get("targets", []):
            query = expand(target["rawSql"], variables, replace(view, time_from=start))
            frames[panel["id"]] = as_json(run(connection, query, target["format"]))
    values = {one["name"]: view.values.get(one["name"], one["current"]["text"]) for one in variables}
    return {
        "dashboard": dashboard,
        "frames": frames,
        "starts": starts,
        "values": {
            name: ", ".join(value) if isinstance(value, list) else value for name, value in values.items()
        },
        "from": _milliseconds(view.time_from),
        "to": _milliseconds(view.time_to),
    }


def as_json(frame: Frame) -> dict[str, Any]:
    """In the shape of Grafana's answers to /api/ds/query."""
    types = {"text": "string"}
    return {
        "schema": {
            "fields": [{"name": one.name, "type": types.get(one.kind, one.kind)} for one in frame.fields]
        },
        "data": {
            "values": [
                [_milliseconds(v) if isinstance(v, datetime) else v for v in one.values]
                for one in frame.fields
            ]
        },
    }


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def render(database: Database, now: datetime, incident: int, folder: Path) -> dict[str, dict[str, Any]]:
    """Show all dashboards in Chromium; returns by uid what is to be seen. Pictures are left in the folder."""
    spans = {
        "pg-incident-now": 24 * HOUR,
        "pg-incident-hosts": 24 * HOUR,
        "pg-incident-reliability": DAYS * DAY,
        "pg-incident-incident": HOUR,
    }
    (folder / "shown").mkdir(exist_ok=True)
    with viewer(database.url) as connection:
        for uid in checks.committed():
            span = timedelta(minutes=spans[uid])
            view = View(now - span, now, {"incident": str(incident)}, timedelta(minutes=30))
            (folder / "shown" / f"{uid}.json").write_text(json.dumps(shown(connection, uid, view)))
    done = subprocess.run(
        ["node", str(RENDER / "render.mjs"), str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"rendering failed:\n{done.stdout}{done.stderr}")
    return {uid: json.loads((folder / f"{uid}.facts.json").read_text()) for uid in checks.committed()}


def fill_site(connection: psycopg.Connection[Any]) -> tuple[datetime, int]:
    """The database of the pictures; returns its time and the number of the incident to look at."""
    now = fleet.fill(connection, SITE, DAYS * DAY, host_rows=False)
    connection.execute(HOST_ROWS, {"now": now})
    connection.execute("select incident.sweep()")
    # The week came at once; as if the database had learned of each failure within half a minute.
    connection.execute("select set_config('incident_engine.writer', 'engine', false)")
    connection.execute("update system_incident set announced_at = detected_at + interval '25 seconds'")
    connection.execute("select set_config('incident_engine.writer', '', false)")
    fleet.work(connection, "berlin-1")
    connection.execute(
        "select incident.add_maintenance('o''brien', now() - interval '20 min', now() + interval '1 hour',"
        " 'new lens', 'Hall', 'capture2', operator => 'ada')"
    )
    found = connection.execute(
        "select max(incident_id) from system_incident where device_name = 'Studio A'"
    ).fetchone()
    assert found
    return now, found[0]


def main() -> None:
    server = temporary_server("pg18")
    try:
        with tempfile.TemporaryDirectory() as name:
            database = server.database("migrated")
            with database.connect() as connection:
                now, incident = fill_site(connection)
            facts = render(database, now, incident, Path(name))
            IMAGES.mkdir(parents=True, exist_ok=True)
            for uid, seen in facts.items():
                file = IMAGES / f"grafana-{uid.removeprefix('pg-incident-')}.png"
                shutil.copyfile(Path(name, f"{uid}.png"), file)
                if shutil.which("pngquant"):  # a third of the size, and nothing that an eye would miss
                    subprocess.run(["pngquant", "--force", "--ext", ".png", "--strip", str(file)], check=True)
                print(f"wrote {file.relative_to(REPO)}, {file.stat().st_size // 1024} KB")
                for error in seen["errors"]:
                    print(f"  error of the page: {error[:300]}", file=sys.stderr)
    finally:
        server.remove()


if __name__ == "__main__":
    main()
