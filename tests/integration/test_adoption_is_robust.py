"""Adopting beside a writer, broken off and begun again, gives the same answers in any order on the disk."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import Any

import pytest

from tests.support.psql import run_psql
from tests.support.servers import Database, Server, server_names

pytestmark = pytest.mark.parametrize("server", server_names()[:1], indirect=True)

# Two devices for three days, one failing at times, rows that contradict each other; incidents of six weeks.
EARLIER = """
create table system_device_metrics (
    host_name text, device_id text, device_name text, capture_folder text, ffmpeg_status text,
    monitor_status text, "timestamp" timestamptz, created_at timestamptz
);
create table system_incident (
    incident_id bigint, host_name text, device_id text, device_name text, capture_folder text,
    incident_type text, component text, severity text, status text, detected_at timestamptz,
    resolved_at timestamptz, root_cause text
);
insert into system_device_metrics
select s.* from (
    select 'h', 'd' || d, 'd' || d, 'c' || d,
        case
            when d = 1 and m % 700 < 5 + m / 700 then 'stopped' when m % 997 = 0 then 'Stalled' else 'active'
        end,
        'active', '2026-04-11 00:00+00'::timestamptz + m * interval '1 minute',
        '2026-04-11 00:00+00'::timestamptz + m * interval '1 minute'
    from generate_series(0, 3 * 1440 - 1) as m, generate_series(1, 2) as d
    union all
    select 'h', 'd1', 'd1', 'c1', 'stuck', 'active',
        '2026-04-11 00:00+00'::timestamptz + m * interval '1 minute',
        '2026-04-11 00:00+00'::timestamptz + (m + 1) * interval '1 minute'
    from generate_series(300, 4200, 300) as m
) as s
order by hashtext(s::text || '{seed}');
insert into system_incident
select s.* from (
    select 100 + n, 'h', 'd1', 'd1', 'c1', 'ffmpeg_failure', 'ffmpeg', 'critical', 'resolved',
        '2026-04-11 00:00:20+00'::timestamptz + (n - 78) * interval '700 minutes',
        '2026-04-11 00:03:20+00'::timestamptz + (n - 78) * interval '700 minutes', 'cause ' || n
    from generate_series(0, 84) as n
) as s
order by hashtext(s::text || '{seed}');
"""
ANSWERS = """
select incident_id, device_name, severity, status, detected_at, resolved_at, root_cause, as_recorded
from system_incident where retracted_at is null and host_name = 'h' and component = 'ffmpeg' order by 1
"""


def built(server: Server, seed: str) -> Database:
    database = server.database()
    run_psql(database.url, EARLIER.format(seed=seed), bin=database.server.bin)
    return database


def answers(database: Database) -> list[Any]:
    with database.connect() as connection:
        connection.execute("select incident.sweep()")
        assert connection.execute("select * from incident.check_invariants()").fetchall() == []
        # What a writer could not fold while a step had its host, the sweep has.
        unrepaired = "select * from incident_engine.error where repaired_at is null"
        assert connection.execute(unrepaired).fetchall() == []
        (read,) = connection.execute(
            "select rows_read from incident_engine.adoption where source = 'system_device_metrics'"
        ).fetchone() or (0,)
        assert read == 8640 + 14
        return connection.execute(ANSWERS).fetchall()


def test_the_same_comes_out_broken_off_and_beside_a_writer_in_another_order(server: Server) -> None:
    plain, rough = built(server, "one"), built(server, "other")
    plain.migrate()
    run_psql(plain.url, file="db/adopt.sql", bin=server.bin)

    rough.migrate()
    stop = threading.Event()

    def write() -> None:
        with rough.connect() as connection:
            while not stop.is_set():
                connection.execute(
                    """insert into system_device_metrics (host_name, device_id, device_name, capture_folder,
                        ffmpeg_status, monitor_status, timestamp)
                    values ('h', 'd2', 'd2', 'c2', 'active', 'active', clock_timestamp())"""
                )
                time.sleep(0.02)

    def adopt() -> None:
        with contextlib.suppress(AssertionError):  # psql is cut off
            run_psql(rough.url, file="db/adopt.sql", bin=server.bin)

    writer = threading.Thread(target=write)
    adopting = threading.Thread(target=adopt)
    writer.start()
    adopting.start()
    try:
        with rough.connect() as connection:
            for _ in range(600):
                done = connection.execute(
                    "select from incident_engine.adoption where next_block > 0 and finished_at is null"
                ).fetchone()
                if done is not None or not adopting.is_alive():
                    break
                time.sleep(0.05)
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and application_name = 'psql'"
            )
        adopting.join(60)
        for _ in range(2):
            run_psql(rough.url, file="db/adopt.sql", bin=server.bin)
    finally:
        stop.set()
        writer.join(60)

    expected = answers(plain)
    assert answers(rough) == expected
    numbers = [row[0] for row in expected if row[-1] is False]
    # Each failure of those days has the number of its record, and nothing else has one.
    assert len(numbers) == 7 and max(numbers) <= 184
    assert sum(row[-1] for row in expected) == 85 - 7
    with rough.connect() as connection:
        assert connection.execute("select * from incident.rebuild()").fetchall() == []
        (words,) = connection.execute(
            "select count(*) from incident.not_adopted where taken_over and reason like '%Stalled%'"
        ).fetchone() or (0,)
        assert words > 0
