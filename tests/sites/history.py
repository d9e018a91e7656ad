"""A random history of a site: late rows, silence, void samples, maintenance, policy, retirement, people."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

import psycopg

from tests.sites.conftest import Site

MINUTE = timedelta(minutes=1)
INSERT = """
insert into public.system_device_metrics (
    host_name, device_id, device_name, capture_folder, ffmpeg_status, monitor_status, timestamp
)
select *
from unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[])
on conflict do nothing
"""
REPORTS = {
    "availability": "select * from incident.availability(%(from)s, %(to)s, as_of => %(as_of)s)",
    "availability by component": """
        select * from incident.availability(%(from)s, %(to)s, by => 'component', as_of => %(as_of)s)""",
    "availability without silence by host": """
        select * from incident.availability(%(from)s, %(to)s, false, by => 'host', as_of => %(as_of)s)""",
    "availability by hour": """
        select * from incident.availability_by('hour', 'UTC', %(from)s, %(to)s, as_of => %(as_of)s)""",
    "state history": "select * from incident.state_history(%(from)s, %(to)s, %(as_of)s)",
    "mtbf": "select * from incident.mtbf(%(from)s, %(to)s, as_of => %(as_of)s)",
    "mtbf by host": "select * from incident.mtbf(%(from)s, %(to)s, by => 'host', as_of => %(as_of)s)",
    "response times": "select * from incident.response_times(%(from)s, %(to)s, 'device', %(as_of)s)",
    "sla report": "select * from incident.sla_report(%(from)s, %(to)s, as_of => %(as_of)s)",
    "incidents": "select * from public.system_incident where host_name = any (%(hosts)s)",
    "timelines": "select * from incident.timeline where host_name = any (%(hosts)s)",
    "broken timelines": "select * from incident.verify_timeline()",
    "policies": """
        select h.host_name, p.* from incident.device as h,
            incident.policy_for(h.host_name, h.device_name, h.capture_folder) as p
        where h.host_name = any (%(hosts)s)""",
}


def history(site: Site, seed: int, start: datetime, hours: int) -> Iterator[None]:
    """Writes the history of a site; yields after each step, so that things can happen in between."""
    chance = random.Random(f"{seed} {site.name}")
    devices = [
        (f"{site.name}-{host}", f"d{device}", f"Camera {device}", f"capture{device}")
        for host in range(2)
        for device in range(2)
    ]
    rows = []
    for device in devices:
        moment, status = start + chance.random() * 30 * MINUTE, "active"
        while moment < start + timedelta(hours=hours):
            if chance.random() < 0.08:
                status = chance.choice(["active", "active", "stuck", "stopped", "unknown"])
            if chance.random() < 0.02:
                moment += chance.randint(2, 20) * MINUTE
            other = "active" if chance.random() < 0.97 else "stopped"
            rows.append((*device, status, other, moment))
            moment += MINUTE
    rows.sort(key=lambda row: row[-1])
    late = {index for index in range(len(rows)) if chance.random() < 0.15}
    batches = [
        [row for index, row in enumerate(rows) if index not in late and index * 12 // len(rows) == batch]
        for batch in range(12)
    ]
    waiting = [rows[index] for index in late]
    chance.shuffle(waiting)
    batches += [waiting[: len(waiting) // 2], waiting[len(waiting) // 2 :]]

    with site.database.connect() as connection:
        for number, batch in enumerate(batches):
            connection.execute(INSERT, [list(column) for column in zip(*batch, strict=True)])
            people(connection, chance, devices, start, hours, number)
            connection.execute("select * from incident.sweep()")
            yield


def people(
    connection: psycopg.Connection,
    chance: random.Random,
    devices: list[tuple[str, ...]],
    start: datetime,
    hours: int,
    number: int,
) -> None:
    host, _, device, folder = chance.choice(devices)
    moment = start + chance.random() * timedelta(hours=hours)
    period = {"host": host, "device": device, "folder": folder, "from": moment, "to": moment + 25 * MINUTE}
    match number % 7:
        case 0:
            connection.execute(
                "select incident.add_maintenance(%(host)s, %(from)s, %(to)s, reason => 'cables')", period
            )
        case 1:
            connection.execute(
                "select incident.set_policy(sla_target => %s::numeric)", [chance.choice([95, 99.5, 90])]
            )
            connection.execute(
                "select incident.set_policy(%s, no_data_after => %s::interval)",
                [host, chance.choice([4, 6]) * MINUTE],
            )
        case 2:
            connection.execute(
                """select incident.void_samples(
                    %(host)s, %(device)s, tstzrange(%(from)s, %(to)s), 'a test', %(folder)s)""",
                period,
            )
        case 3:
            connection.execute(
                "select incident.add_maintenance(%(host)s, %(from)s, %(to)s, 'lens', %(device)s, %(folder)s)",
                period,
            )
            connection.execute("select incident.set_policy(%s, open_after => '2 minutes')", [host])
        case 4:
            connection.execute("""
                select incident.unset_policy('open_after', host_name) from incident.policy
                where open_after is not null and host_name is not null limit 1""")
        case 5:
            connection.execute(
                "select incident.retire_device(%(host)s, %(device)s, %(folder)s, 'sold')", period
            )
        case 6:
            connection.execute("select incident.set_policy(%(host)s, reopen_within => '5 minutes')", period)
    known = connection.execute(
        """select incident_id, status from public.system_incident
        where retracted_at is null order by detected_at"""
    )
    for incident_id, status in known.fetchall():
        verb = {"open": "acknowledge", "in_progress": "resolve", "resolved": "close"}.get(status)
        if verb and chance.random() < 0.1:
            connection.execute(f"select incident.{verb}(%s, note => 'seen')", [incident_id])
