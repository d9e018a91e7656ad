"""`make migrate` on an existing monitoring database: plain tables, and rows as they really are."""

from __future__ import annotations

from tests.support.psql import run_psql
from tests.support.servers import Database

PLAIN_TABLES = """
create table system_device_metrics (
    id uuid primary key default gen_random_uuid(), host_name text, device_id text, device_name text,
    device_port text, capture_folder text, video_device text, cpu_percent double precision,
    load_average_1m double precision, ffmpeg_status text, ffmpeg_uptime_seconds bigint, monitor_status text,
    "timestamp" timestamptz, created_at timestamptz default now(), a_column_of_their_own text
);
create table system_metrics (
    id uuid primary key default gen_random_uuid(), host_name text, "timestamp" timestamptz, cpu_percent real,
    ffmpeg_status jsonb, created_at timestamptz default now()
);
create table system_incident (
    id uuid primary key default gen_random_uuid(), host_name text, device_id text, device_name text,
    capture_folder text, incident_type text, component text, severity text, status text,
    detected_at timestamptz, acknowledged_at timestamptz, resolved_at timestamptz, closed_at timestamptz,
    root_cause text, resolution_notes text
);
create index on system_device_metrics ("timestamp");

-- 3 devices, 2,000 minutes from 7 seconds past the minute on; d1 stuck for 10 minutes, then stopped for 5;
-- d2 silent for 20
insert into system_device_metrics (host_name, device_id, device_name, capture_folder, cpu_percent,
    ffmpeg_status, monitor_status, "timestamp")
select 'h', 'id' || d, 'd' || d, 'capture' || d, 12.5,
    case when d = 1 and m between 100 and 109 then 'stuck' when d = 1 and m between 110 and 114 then 'stopped'
        else 'active' end,
    case when d = 3 and m = 50 then null when d = 3 and m = 51 then 'error' else 'Active' end,
    '2026-03-02 00:00:07+00'::timestamptz + m * interval '1 minute'
from generate_series(0, 1999) as m, generate_series(1, 3) as d
where not (d = 2 and m between 500 and 519);
-- a second sample in the same minute
insert into system_device_metrics (host_name, device_id, device_name, capture_folder, ffmpeg_status,
    monitor_status, "timestamp")
values ('h', 'id1', 'd1', 'capture1', 'active', 'active', '2026-03-02 00:05:37+00');
-- rows that cannot be taken over
insert into system_device_metrics (host_name, device_id, device_name, capture_folder, load_average_1m,
    ffmpeg_status, monitor_status, "timestamp")
values
('h', 'id1', 'd1', 'capture1', 1, 'active', 'active', '2026-03-02 00:05:37+00'),
('h', 'id1', 'd1', 'unknown', 1, 'active', 'active', '2026-03-02 00:06:00+00'),
('h', 'id1', 'd1', 'capture1', 1, 'exploded', 'active', '2026-03-02 00:06:01+00'),
('h', 'id1', 'd1', 'capture1', 1, 'active', 'active', null),
(null, 'id1', 'd1', 'capture1', 1, 'active', 'active', '2026-03-02 00:06:02+00'),
('h', 'id1', 'd1', 'capture1', 1e9, 'active', 'active', '2026-03-02 00:06:03+00'),
('h', 'id1', 'd1', 'capture1', 1, 'active', 'active', 'infinity');
insert into system_metrics (host_name, "timestamp", cpu_percent)
select 'h', '2026-03-02 00:00:00+00'::timestamptz + m * interval '1 minute', 5
from generate_series(0, 99) as m;
insert into system_incident (host_name, device_id, device_name, capture_folder, incident_type, component,
    severity, status, detected_at, acknowledged_at, resolved_at, closed_at, root_cause, resolution_notes)
values
('h', 'id1', 'd1', 'capture1', 'ffmpeg_failure', 'ffmpeg', 'high', 'closed', '2026-03-02 01:40:30+00',
    '2026-03-02 01:44:00+00', '2026-03-02 01:56:00+00', '2026-03-02 09:00:00+00', 'cable', 'replaced it'),
('h', 'id2', 'd2', 'capture2', 'monitor_failure', 'monitor', 'high', 'open', '2026-03-02 05:00:00+00',
    null, null, null, null, null);
"""


def adopt(database: Database) -> str:
    run_psql(database.url, PLAIN_TABLES, bin=database.server.bin)
    database.migrate()
    return run_psql(database.url, file="db/adopt.sql", bin=database.server.bin).stdout


def test_takes_over_rows_and_derives_the_incidents(empty_database: Database) -> None:
    report = adopt(empty_database)
    with empty_database.connect() as connection:
        assert connection.execute(
            """select severity, detected_severity, status, detected_at = '2026-03-02 01:40:07+00',
                resolved_at = '2026-03-02 01:55:07+00', total_duration_minutes, detection_to_ack_minutes,
                root_cause, resolution_notes, closed_at = '2026-03-02 09:00:00+00'
            from system_incident where not as_recorded and retracted_at is null and component <> 'system'"""
        ).fetchall() == [("critical", "high", "closed", True, True, 15, 3, "cable", "replaced it", True)]
        assert connection.execute(
            """select device_name, severity, status, total_duration_minutes
            from system_incident where retracted_at is null and component = 'system' order by detected_at"""
        ).fetchall() == [("d2", "high", "resolved", 20), ("h", "critical", "open", None)]
        assert connection.execute(
            """select device_name, started_at = '2026-03-02 08:20:07+00', ended_at = '2026-03-02 08:40:07+00'
            from incident.device_state where ffmpeg_status = 'no_data' and ended_at < 'infinity'"""
        ).fetchall() == [("d2", True, True)]
        assert connection.execute("select count(*) from system_device_metrics").fetchone() == (5982,)
        assert connection.execute("select count(*) from system_metrics").fetchone() == (100,)
        assert connection.execute(
            "select count(*) from system_device_metrics where monitor_status = 'unknown'"
        ).fetchone() == (2,)
        assert connection.execute("select * from incident.check_invariants()").fetchall() == []
    assert "system_device_metrics: 5988 rows read, 5982 taken over, 6 in incident.not_adopted" in report
    assert "incidents: 4, of which 1 as they were recorded" in report


def test_quarantines_what_it_cannot_convert_and_says_why(empty_database: Database) -> None:
    adopt(empty_database)
    with empty_database.connect() as connection:
        reasons = [
            reason
            for (reason,) in connection.execute(
                'select reason from incident_engine.quarantine order by source, reason collate "C"'
            )
        ]
        assert reasons == [
            "another row has the same (host_name, device_name, capture_folder, timestamp)",
            "capture_folder is null, empty or unknown",
            "ffmpeg_status 'exploded' is taken as unknown",
            "host_name is null or empty",
            "numeric field overflow",
            "timestamp is null or infinite",
            "timestamp is null or infinite",
        ]
        original = connection.execute(
            "select original ->> 'load_average_1m' from incident_engine.quarantine"
            " where reason = 'numeric field overflow'"
        ).fetchone()
        assert original is not None and float(original[0]) == 1e9


def test_can_be_stopped_and_run_again(empty_database: Database) -> None:
    run_psql(empty_database.url, PLAIN_TABLES, bin=empty_database.server.bin)
    empty_database.migrate()
    with empty_database.connect() as connection:
        connection.execute("select incident.sweep()")
        connection.execute(
            """insert into incident_engine.adoption (source, blocks)
            select 'system_device_metrics',
                pg_relation_size('incident_adopted.system_device_metrics') / 8192"""
        )
        for step in range(3):  # of ten pages each, one of them rolled back
            with connection.transaction(force_rollback=step == 1):
                connection.execute("select incident_engine.adopt_next('system_device_metrics', 10)")
        (read,) = connection.execute("select rows_read from incident_engine.adoption").fetchone() or (0,)
        assert 0 < read < 5988
        # a host goes on writing meanwhile
        connection.execute(
            """insert into system_device_metrics (host_name, device_id, device_name, capture_folder,
                ffmpeg_status, monitor_status, timestamp)
            values ('h', 'id1', 'd1', 'capture1', 'stuck', 'active', '2026-03-04 00:00:00+00')"""
        )
        database = empty_database
        report = run_psql(database.url, file="db/adopt.sql", bin=database.server.bin).stdout
        assert "system_device_metrics: 5988 rows read, 5982 taken over" in report
        again = run_psql(database.url, file="db/adopt.sql", bin=database.server.bin).stdout
        assert "system_device_metrics: 5988 rows read, 5982 taken over" in again
        assert connection.execute("select * from incident.check_invariants()").fetchall() == []
        assert connection.execute(
            """select count(*) from system_incident
            where not as_recorded and retracted_at is null and component <> 'system'"""
        ).fetchone() == (2,)


def test_a_second_migrate_leaves_what_it_installed_where_it_is(empty_database: Database) -> None:
    adopt(empty_database)
    empty_database.migrate()
    with empty_database.connect() as connection:
        assert connection.execute("select count(*) from public.system_device_metrics").fetchone() == (5982,)
