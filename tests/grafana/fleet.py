"""A fleet whose devices fail, fall silent and recover in ways that every panel must show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Spell:
    """What a device does that is not healthy: from `ago` minutes before now, for `minutes`."""

    ago: int
    minutes: int
    ffmpeg: str = "active"
    monitor: str = "active"  # ffmpeg "-": no samples


Devices = dict[tuple[str, str, str], list[Spell]]  # host, device, folder -> spells

# Names as people give them. Each kind of trouble at least once, some of it going on.
SMALL: Devices = {
    ("host-1", "Device 1", "capture1"): [Spell(200, 30, "stuck"), Spell(100, 10, "stopped", "stuck")],
    ("host-1", "Device 2", "capture2"): [Spell(20, 21, "stopped")],
    ("o'brien", "o'brien's \"TV\"", "capture1"): [Spell(150, 5, "active", "stuck"), Spell(9, 10, "stuck")],
    ("o'brien", "100% {a,b} $host", "capture,2"): [Spell(300, 20, "unknown")],
    ("köln", "Gerät (alt)", "capture1"): [Spell(45, 46, "-")],
    ("köln", "Gerät neu", "capture1"): [Spell(30, 31, "-")],
}


def fill(
    connection: psycopg.Connection[Any], devices: Devices, minutes: int, host_rows: bool = True
) -> datetime:
    """A sample a minute of every device for the last `minutes`, and a row of each host now; returns the time
    of the last."""
    connection.execute("set time zone 'UTC'")
    found = connection.execute("select date_trunc('minute', now())").fetchone()
    assert found
    now: datetime = found[0]
    first_day = (now - minutes * MINUTE).date()
    for day in range((now.date() - first_day).days + 1):
        connection.execute("select incident_engine.ensure_partition(%s)", [first_day + timedelta(days=day)])
    columns = (
        "host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status,"
        "cpu_percent, memory_percent, disk_percent, ffmpeg_uptime_seconds, ffmpeg_last_activity,"
        "monitor_last_activity"
    )
    for number, ((host, device, folder), spells) in enumerate(devices.items()):
        with (
            connection.cursor() as cursor,
            cursor.copy(f"copy public.system_device_metrics ({columns}) from stdin") as copy,
        ):
            for ago in range(minutes, -1, -1):
                spell = next((one for one in spells if one.ago >= ago > one.ago - one.minutes), None)
                if spell and spell.ffmpeg == "-":
                    continue
                ffmpeg, monitor = (spell.ffmpeg, spell.monitor) if spell else ("active", "active")
                at = now - ago * MINUTE
                load = 20 + 7 * number % 30 + (ago * 13 % 17) + (35 if ffmpeg == "stuck" else 0)
                copy.write_row(
                    (
                        *(host, f"device-{number}", device, folder, at, ffmpeg, monitor),
                        *(min(load, 100), 40 + ago % 7, 61.5, 3600, at if ffmpeg == "active" else None, at),
                    )
                )
    for host in {key[0] for key in devices} if host_rows else ():
        connection.execute(
            "insert into public.system_metrics (host_name, timestamp, cpu_percent) values (%s, %s, 12)",
            [host, now],
        )
    connection.execute("select incident.sweep()")
    return now


def work(connection: psycopg.Connection[Any], host: str) -> None:
    """People at work: some incidents acknowledged, assigned, closed; a maintenance window."""
    incidents = connection.execute(
        "select incident_id, status, detected_at, severity from system_incident order by detected_at"
    ).fetchall()
    for number, (incident_id, status, detected_at, severity) in enumerate(incidents):
        if status == "open" and severity == "critical":
            connection.execute(
                "select incident.acknowledge(%s, 'on it', 'ada', %s)", [incident_id, detected_at + 4 * MINUTE]
            )
            connection.execute("select incident.assign(%s, 'grace')", [incident_id])
        elif status == "resolved" and number % 3 == 0:
            connection.execute(
                "select incident.close(%s, 'changed the cable', 'cable', operator => 'ada')", [incident_id]
            )
    connection.execute(
        "select incident.add_maintenance(%s, now() - interval '300 min', now() - interval '270 min',"
        " 'new disk', operator => 'ada')",
        [host],
    )
