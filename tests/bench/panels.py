"""Grafana: milliseconds of each query of dashboards and alert rules, at the dashboard's usual time range.

On the database of tests.bench.reporting (1,000 devices, state history and incidents of a year), with the
raw samples of the last days alone: no panel reads older ones, and only those of one incident read any. All
hosts and devices are chosen. The samples of the minutes that pass meanwhile are added as they would be, and
swept, so that the devices report until now.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from grafana.builder.parts import QUERIES
from tests.bench.reporting import Scale, fill
from tests.bench.workbench import cpu_seconds
from tests.grafana import checks
from tests.grafana.expansion import View, expand
from tests.grafana.frames import viewer

REPETITIONS = 9
UNITS = {"m": "minutes", "h": "hours", "d": "days"}

# The minutes since the last sample, each device as it was; then a sweep that finds nothing.
CATCH_UP = """
insert into public.system_device_metrics (host_name, device_id, device_name, capture_folder, ffmpeg_status,
    monitor_status, timestamp)
select d.host_name, d.device_id, d.device_name, d.capture_folder, d.ffmpeg_status, d.monitor_status, at
from incident.device as d
cross join generate_series(%(last)s + interval '1 minute', %(now)s, interval '1 minute') as at
where d.ffmpeg_status <> 'no_data'
order by at;

update incident_engine.sweep_state set swept_to = greatest(swept_to, %(now)s);
"""


def run(bench: Any) -> list[dict[str, Any]]:
    """For tests.bench: a database on the bench's server."""
    scale = Scale(devices=20, history_days=30) if bench.options.quick else Scale()
    scale.sample_days = 1
    database = bench.server.database("migrated")
    try:
        return measure(database.url, fill(database, scale))
    finally:
        bench.server.drop(database)


def measure(url: str, last: datetime) -> list[dict[str, Any]]:
    """A row a query: milliseconds until the answer is here, and the least CPU time of the server."""
    rows = []
    with psycopg.connect(url, autocommit=True) as feeder, viewer(url) as connection:
        connection.execute("set time zone 'UTC'")
        for where, query, form, reach, variables in queries():
            last = catch_up(feeder, last)
            now = datetime.now(UTC)
            view = View(now - reach, now, {"incident": latest_incident(connection)})
            text = expand(query, variables, view).sql.encode()
            rows.append({"query": where, "range": form} | timing(connection, text))
    return rows


def queries() -> Iterator[tuple[str, str, str, timedelta, list[dict[str, Any]]]]:
    """Of panels, annotations and variables, then of the alert rules: what, SQL, range, length, variables."""
    for uid, dashboard in sorted(checks.committed().items()):
        found = re.fullmatch(r"now-(\d+)([mhd])", dashboard["time"]["from"])
        assert found
        reach = timedelta(**{UNITS[found[2]]: int(found[1])})
        variables = dashboard["templating"]["list"]
        name = uid.removeprefix("pg-incident-")
        for title, target in checks.targets(dashboard):
            yield f"{name}: {title}", target["rawSql"], found[1] + found[2], reach, variables
        for one in variables:
            if one["type"] == "query":
                yield f"{name}: choices of {one['name']}", one["query"], found[1] + found[2], reach, variables
    for file in sorted((QUERIES / "alerts").glob("*.sql")):
        yield f"alert: {file.stem}", file.read_text(), "-", timedelta(hours=1), []


def catch_up(feeder: psycopg.Connection[Any], last: datetime) -> datetime:
    """Up to the present minute; returns it."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    if now > last:
        parameters = {"last": last, "now": now}
        with feeder.transaction(), psycopg.ClientCursor(feeder) as cursor:
            cursor.execute("set local session_replication_role = replica")
            cursor.execute(CATCH_UP, parameters)
    return now


def latest_incident(connection: psycopg.Connection[Any]) -> str:
    found = connection.execute("select max(incident_id)::text from public.system_incident").fetchone()
    return (found and found[0]) or ""


def timing(connection: psycopg.Connection[Any], text: bytes) -> dict[str, Any]:
    """The first time is not counted."""
    times, cpu = [], []
    pid = connection.info.backend_pid
    for _ in range(REPETITIONS + 1):
        started, used = time.perf_counter(), cpu_seconds(pid)
        result = connection.pgconn.exec_(text)
        times.append(1000 * (time.perf_counter() - started))
        cpu.append(1000 * (cpu_seconds(pid) - used))
        assert result.status == psycopg.pq.ExecStatus.TUPLES_OK, result.error_message.decode()
    return {
        "rows": result.ntuples,
        "best_ms": round(min(times[1:]), 1),
        "median_ms": round(statistics.median(times[1:]), 1),
        "best_cpu_ms": round(min(cpu[1:]), 1),
    }
