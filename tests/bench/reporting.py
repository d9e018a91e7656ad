"""Reports: milliseconds of each answer over 1, 7, 30, 365 days, and of counting raw samples as dashboards do.

Best and median on the clock, and the least CPU time of the server's process, which other work on the machine
touches least.

1,000 devices: state history and incidents of a year, and a sample a minute of the last 30 days (43 million).
Most devices fail a few times a month, one in ten twice a day. Asked as of the last sample, all in one run.

    python -m tests.bench.reporting --devices 100 --sample-days 7     smaller: minutes become seconds
    python -m tests.bench.reporting --keep                            leave the server running, print its URL
"""

from __future__ import annotations

import argparse
import statistics
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql

from tests.bench.workbench import cpu_seconds, print_table
from tests.support.servers import Database, temporary_server

WINDOWS = (1, 7, 30, 365)
REPETITIONS = 9
KINDS = ("best", "median", "cpu")
LOADERS = 2

# What the engine would have written. Minutes count from %(start)s; the history ends at %(end)s.
HISTORY = """
select setseed(0.5);
set session_replication_role = replica;

create temporary table failure as
with drawn as (
    select
        d as device,
        floor(random() * %(minutes)s)::integer as start,
        1 + floor(-20 * ln(1 - random()))::integer as length,
        random() as kind
    from generate_series(1, %(devices)s) as d
    cross join lateral generate_series(
        1, (%(days)s * case when d %% 10 = 0 then 2 when d %% 10 < 4 then 0.5 else 0.1 end)::integer
    )
),

spaced as (
    select *, lead(start, 1, %(minutes)s + 1000) over w as next_start
    from (select *, start - lag(start) over (partition by device order by start) as gap from drawn) as d
    where coalesce(gap >= 5, true) and start > 10
    window w as (partition by device order by start)
)

select
    device,
    start,
    least(start + length, next_start - 1) as finish,
    case when kind < 0.65 or kind between 0.85 and 0.9 then true else false end as ffmpeg_fails,
    case when kind between 0.65 and 0.9 then true else false end as monitor_fails,
    case when kind < 0.3 then 'stuck' else 'stopped' end as status,
    kind < 0.3 and kind > 0.15 and least(start + length, next_start - 1) > start + 2 as escalates,
    kind >= 0.9 as is_silence
from spaced;

insert into incident.device (
    host_name, device_name, capture_folder, device_id, ffmpeg_status, monitor_status, state_started_at,
    first_sample_at
)
select
    'host-' || lpad((d / 4)::text, 4, '0'), 'Device ' || d, 'capture' || d %% 4, 'device-' || d,
    'active', 'active', %(start)s, %(start)s
from generate_series(1, %(devices)s) as d;

insert into incident.host (host_name, first_seen_at, state_started_at)
select distinct host_name, %(start)s::timestamptz, %(start)s::timestamptz from incident.device;

create temporary view numbered as
select substr(d.device_name, 8)::integer as device, d.* from incident.device as d;

insert into incident.device_state
with edge as (
    select device, 0 as at, 'active' as ffmpeg, 'active' as monitor from generate_series(1,
        %(devices)s) as device
    union all
    select
        device, start,
        case when is_silence then 'no_data' when ffmpeg_fails then status else 'active' end,
        case when is_silence then 'no_data' when monitor_fails then status else 'active' end
    from failure
    union all
    select device, start + 2, 'stopped', 'active' from failure where escalates
    union all
    select device, finish, 'active', 'active' from failure
)

select
    n.host_name, n.device_name, n.capture_folder, %(start)s + e.at * interval '1 minute',
    coalesce(%(start)s + lead(e.at) over (partition by e.device order by e.at) * interval '1 minute',
        'infinity'),
    e.ffmpeg, e.monitor
from edge as e
join numbered as n using (device)
where e.at <= %(minutes)s;

update incident.device as d
set ffmpeg_status = s.ffmpeg_status, monitor_status = s.monitor_status, state_started_at = s.started_at
from incident.device_state as s
where (s.host_name, s.device_name, s.capture_folder) = (d.host_name, d.device_name, d.capture_folder)
    and s.ended_at = 'infinity';

insert into public.system_incident (
    host_name, device_id, device_name, capture_folder, incident_type, severity, component, status,
    detected_at, anchored_at, anchored_from,
    acknowledged_at, acknowledged_by, resolved_at, resolved_by, detected_severity, severity_since, root_cause
)
select
    n.host_name, n.device_id, n.device_name, n.capture_folder, c.component || '_failure',
    case when f.escalates or f.status = 'stopped' then 'critical' else 'high' end, c.component,
    case
        when f.finish <= %(minutes)s then 'resolved'
        when r.is_acknowledged then 'in_progress'
        else 'open'
    end,
    %(start)s + f.start * interval '1 minute',
    case when r.is_acknowledged then %(start)s + f.start * interval '1 minute' end,
    case when r.is_acknowledged then %(start)s + f.start * interval '1 minute' end,
    case when r.is_acknowledged then %(start)s + (f.start + r.part * 10) * interval '1 minute' end,
    case when r.is_acknowledged then (array['ada', 'grace', 'linus'])[1 + f.start %% 3] end,
    case when f.finish <= %(minutes)s then %(start)s + f.finish * interval '1 minute' end,
    case when f.finish <= %(minutes)s then 'engine' end,
    case f.status when 'stuck' then 'high' else 'critical' end, %(start)s + f.start * interval '1 minute',
    (array['power', 'cable', 'firmware', null, null])[1 + f.start %% 5]
from failure as f
join numbered as n using (device)
cross join lateral (values ('ffmpeg', f.ffmpeg_fails), ('monitor', f.monitor_fails)) as c (component, fails)
cross join lateral (select random() < 0.7 and f.start is not null as is_acknowledged, random() as part) as r
where c.fails
order by f.start;

insert into incident.maintenance (host_name, period, reason, added_by)
select host_name, tstzrange(%(end)s - interval '2 days 2 hours', %(end)s - interval '2 days'), 'firmware',
    'ada'
from (select distinct host_name from incident.device order by host_name limit 5) as h;

update incident_engine.sweep_state set swept_to = %(end)s;
"""

# A day of samples, straight into its partition: what was so in each minute.
SAMPLES = """
insert into {partition} (host_name, device_id, device_name, capture_folder, ffmpeg_status, monitor_status,
timestamp)
select s.host_name, d.device_id, s.device_name, s.capture_folder, s.ffmpeg_status, s.monitor_status, at
from incident.device_state as s
join incident.device as d using (host_name, device_name, capture_folder)
cross join lateral generate_series(
    greatest(s.started_at, {day}), least(s.ended_at - interval '1 minute', {day} + interval '1439 minutes',
    {end}),
    interval '1 minute'
) as at
where s.ffmpeg_status <> 'no_data' and s.started_at < {day} + interval '1 day' and s.ended_at > {day}
order by at
"""

COUNTED = {
    "availability, counted": """
        select host_name, device_name, capture_folder,
            100.0 * count(*) filter (where ffmpeg_status = 'active' and monitor_status = 'active') / count(*)
        from public.system_device_metrics
        where timestamp >= {start} and timestamp < {end}
        group by host_name, device_name, capture_folder
        order by host_name, device_name, capture_folder
    """,
}

ANSWERS = {
    "availability of each device": "incident.availability({start}, {end}, as_of => {end})",
    "availability of each component": (
        "incident.availability({start}, {end}, by => 'component', as_of => {end})"
    ),
    "availability of the fleet": "incident.availability({start}, {end}, by => 'fleet', as_of => {end})",
    "availability of one device": (
        "incident.availability({start}, {end}, as_of => {end})"
        " where host_name = 'host-0001' and device_name = 'Device 4'"
    ),
    "fleet by day": (
        "incident.availability_by('day', 'Europe/Berlin', {start}, {end}, by => 'fleet', as_of => {end})"
    ),
    "SLA report, each device": "incident.sla_report({start}, {end}, as_of => {end})",
    "SLA report, the fleet": "incident.sla_report({start}, {end}, by => 'fleet', as_of => {end})",
    "MTTA and MTTR, the fleet": "incident.response_times({start}, {end}, 'fleet', {end})",
    "MTTA and MTTR, each device": "incident.response_times({start}, {end}, 'device', {end})",
    "MTBF of each device": "incident.mtbf({start}, {end}, 'device', {end})",
    "MTBF of the fleet": "incident.mtbf({start}, {end}, 'fleet', {end})",
    "ranking": "incident.reliability_ranking({start}, {end}, as_of => {end})",
    "what keeps coming back": "incident.recurring({start}, {end}, as_of => {end})",
}


@dataclass
class Scale:
    devices: int = 1000
    history_days: int = 365
    sample_days: int = 30


def run(bench: Any) -> list[dict[str, Any]]:
    """For tests.bench: a database on the bench's server."""
    scale = Scale(devices=20, sample_days=2) if bench.options.quick else Scale()
    database = bench.server.database("migrated")
    try:
        return measure(database, fill(database, scale), scale)
    finally:
        bench.server.drop(database)


def fill(database: Database, scale: Scale) -> datetime:
    """Returns the time of the last sample."""
    end = datetime.now(UTC).replace(second=0, microsecond=0)
    start = end - timedelta(days=scale.history_days)
    days = [end - timedelta(days=n) for n in range(scale.sample_days + 1)]
    days = [day.replace(hour=0, minute=0) for day in days]
    parameters = {
        "start": start,
        "end": end,
        "days": scale.history_days,
        "minutes": scale.history_days * 24 * 60,
        "devices": scale.devices,
    }
    with psycopg.connect(database.url, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute("select incident_engine.ensure_partitions(%s, %s)", [days[-1], end])
        connection.execute(HISTORY, parameters)
    waiting = list(days)
    loaders = [threading.Thread(target=load, args=(database, waiting, end)) for _ in range(LOADERS)]
    for loader in loaders:
        loader.start()
    for loader in loaders:
        loader.join()
    with database.connect() as connection:
        connection.execute("vacuum analyze")
    return end


def load(database: Database, waiting: list[datetime], end: datetime) -> None:
    with database.connect() as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("set synchronous_commit = off")
        while waiting:
            day = waiting.pop()
            statement = sql.SQL(SAMPLES).format(
                partition=sql.Identifier("public", f"system_device_metrics_{day:%Y%m%d}"),
                day=sql.Literal(day),
                end=sql.Literal(end),
            )
            connection.execute(statement)


def measure(database: Database, end: datetime, scale: Scale) -> list[dict[str, Any]]:
    """A row an answer, three columns a window; and how many times as fast as counting."""
    with database.connect() as connection:
        connection.execute("set max_parallel_workers_per_gather = 0")  # CPU time is that of one process
        rows = []
        for name, call in ANSWERS.items():
            row: dict[str, Any] = {"answer": name}
            for days in WINDOWS:
                row |= timing(connection, f"select * from {call}", end, days)
            rows.append(row)
        for name, query in COUNTED.items():
            counted: dict[str, Any] = {"answer": name}
            ratio: dict[str, Any] = {"answer": "times as fast as counting"}
            for days in WINDOWS:
                columns = [f"{days}_d_{kind}" for kind in KINDS]
                if days > scale.sample_days:
                    counted |= dict.fromkeys(columns)
                    ratio |= dict.fromkeys(columns)
                    continue
                counted |= timing(connection, query, end, days, repetitions=2)
                ratio |= {column: round(counted[column] / rows[0][column]) for column in columns}
            rows += [counted, ratio]
        counts = connection.execute(
            """
            select (select count(*) from incident.device_state),
                (select count(*) from public.system_incident),
                (select sum(reltuples)::bigint from pg_class where relname ~ '^system_device_metrics_[0-9]+$')
            """
        ).fetchone()
        print(f"{counts[0]:,} states, {counts[1]:,} incidents, {counts[2]:,} samples")
    return rows


def timing(
    connection: psycopg.Connection[Any],
    query: str,
    end: datetime,
    days: int,
    repetitions: int = REPETITIONS,
) -> dict[str, float]:
    """Milliseconds until the answer is here, not yet Python values; the first time is not counted."""
    literals = {
        name: sql.SQL("{}::timestamptz").format(sql.Literal(value))
        for name, value in (("start", end - timedelta(days=days)), ("end", end))
    }
    text = sql.SQL(query).format(**literals).as_bytes(connection)
    times, cpu = [], []
    pid = connection.info.backend_pid
    for _ in range(repetitions + 1):
        started, used = time.perf_counter(), cpu_seconds(pid)
        result = connection.pgconn.exec_(text)
        times.append(1000 * (time.perf_counter() - started))
        cpu.append(1000 * (cpu_seconds(pid) - used))
        assert result.status == psycopg.pq.ExecStatus.TUPLES_OK, result.error_message.decode()
    values = (min(times[1:]), statistics.median(times[1:]), min(cpu[1:]))
    return {f"{days}_d_{kind}": round(value, 1) for kind, value in zip(KINDS, values, strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.reporting",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--devices", type=int, default=1000)
    parser.add_argument("--sample-days", type=int, default=30)
    parser.add_argument("--keep", action="store_true", help="leave the server running")
    arguments = parser.parse_args()
    scale = Scale(devices=arguments.devices, sample_days=arguments.sample_days)
    server = temporary_server(
        "pg18",
        {"shared_buffers": "1GB", "max_wal_size": "16GB", "random_page_cost": "1.1"},
        on_disk=True,
    )
    try:
        database = server.database("migrated")
        started = time.perf_counter()
        end = fill(database, scale)
        print(f"filled in {time.perf_counter() - started:.0f} s")
        print_table(measure(database, end, scale))
    finally:
        if arguments.keep:
            print(database.url)
        else:
            server.remove()


if __name__ == "__main__":
    main()
