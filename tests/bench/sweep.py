"""Sweep: seconds of one round over 100,000 devices that report every minute, with a short and a long history.

The long history has 30 more days, with 5 more samples and 10 more states of each device. A round runs a
minute after the one before it; the slowest is shown. Rounds in which all devices report are shown in the
CPU time of the server's process, too (without parallel workers), which other load on the machine hardly
touches. In three rounds 1 % of the devices say nothing, and the last of these finds them silent.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import psycopg

from tests.bench.fleet import COPY, Fleet
from tests.bench.workbench import START, Connection, Row, Workbench, cpu_seconds

PAST_DAYS = 30
FIRST_MINUTES = 5

# As the engine would have written it, for a fleet without a failure; the engine itself is measured elsewhere.
REGISTER = """
insert into incident.device (
    host_name, device_name, capture_folder, device_id, video_device,
    ffmpeg_status, monitor_status, state_started_at, first_sample_at
)
select host_name, device_name, capture_folder, device_id, video_device,
    'active', 'active', %(start)s, %(start)s
from public.system_device_metrics
where timestamp = %(start)s;

insert into incident.device_state
select host_name, device_name, capture_folder, state_started_at, 'infinity', 'active', 'active'
from incident.device;
"""
PAST = """
insert into public.system_device_metrics (
    host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status
)
select d.host_name, d.device_id, d.device_name, d.capture_folder,
    %(start)s - n * interval '6 days', 'active', 'active'
from incident.device as d, generate_series(1, 5) as n;

insert into incident.device_state
select d.host_name, d.device_name, d.capture_folder,
    %(start)s - n * interval '3 days', %(start)s - (n - 1) * interval '3 days',
    case when n %% 2 = 1 then 'stuck' else 'active' end, 'active'
from incident.device as d, generate_series(1, 10) as n;

update incident.device set first_sample_at = %(start)s - interval '30 days';
"""


def run(bench: Workbench) -> list[Row]:
    devices = 1000 if bench.options.quick else 100_000
    with bench.database(first_day=-PAST_DAYS) as database, database.connect() as connection:
        fleet = Fleet("sweep", devices, 0)
        with_triggers_off(connection, lambda: [load(connection, fleet) for _ in range(FIRST_MINUTES)])
        script(connection, REGISTER)
        connection.execute("vacuum analyze")
        sweep(connection, fleet)
        rows = [{"history": "short"} | rounds(connection, fleet, devices)]
        with_triggers_off(connection, lambda: script(connection, PAST))
        connection.execute("vacuum analyze")
        rows.append({"history": "long"} | rounds(connection, fleet, devices))
        return rows


def rounds(connection: Connection, fleet: Fleet, devices: int) -> Row:
    """Two rounds with all devices, three in which 1 % says nothing and one in which they are back."""
    times: dict[str, list[float]] = {"all": [], "silent": [], "back": []}
    cpu: list[float] = []
    for kind in ("all", "all", "silent", "silent", "silent", "back"):
        load(connection, fleet, silent=devices // 100 if kind == "silent" else 0)
        before = cpu_seconds(connection.info.backend_pid)
        times[kind].append(sweep(connection, fleet))
        if kind == "all":
            cpu.append(cpu_seconds(connection.info.backend_pid) - before)
    silent = connection.execute("select count(*) from incident.device_state where ffmpeg_status = 'no_data'")
    return {
        "devices": devices,
        "all_report_seconds": round(max(times["all"]), 2),
        "all_report_cpu_seconds": round(max(cpu), 2),
        "some_silent_seconds": round(max(times["silent"]), 2),
        "back_again_seconds": round(max(times["back"]), 2),
        "silences_recorded": silent.fetchone()[0],
    }


def load(connection: Connection, fleet: Fleet, silent: int = 0) -> None:
    with connection.cursor().copy(COPY) as copy:
        copy.write("".join(fleet.minute()[silent:]))


def sweep(connection: Connection, fleet: Fleet) -> float:
    started = time.perf_counter()
    connection.execute("select incident.sweep(%s)", [fleet.at])
    return time.perf_counter() - started


def script(connection: Connection, statements: str) -> None:
    with psycopg.ClientCursor(connection) as cursor:
        cursor.execute(statements, {"start": START})


def with_triggers_off(connection: Connection, work: Callable[[], object]) -> None:
    connection.execute("set session_replication_role = replica")
    work()
    connection.execute("reset session_replication_role")
