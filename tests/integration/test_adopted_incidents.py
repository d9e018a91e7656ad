"""What an earlier monitoring recorded of incidents, long before its first sample, survives the adoption."""

from __future__ import annotations

import pytest

from tests.support.psql import run_psql
from tests.support.servers import Database

# Samples of five days, incidents of 45: each day at 10:00 d1's ffmpeg was stopped, for as many minutes as the
# day's number. They lie on the disk in an order of their own.
EARLIER = """
create table system_device_metrics (
    host_name text, device_id text, device_name text, capture_folder text, ffmpeg_status text,
    monitor_status text, "timestamp" timestamptz, created_at timestamptz default now()
);
create table system_incident (
    incident_id serial primary key, host_name text, device_id text, device_name text, capture_folder text,
    incident_type text, component text, severity text, status text, detected_at timestamptz,
    acknowledged_at timestamptz, resolved_at timestamptz, closed_at timestamptz, root_cause text,
    resolution_notes text, acknowledged_by text
);
insert into system_device_metrics (host_name, device_id, device_name, capture_folder, ffmpeg_status,
    monitor_status, "timestamp")
select 'h', 'd1', 'd1', 'capture1',
    case when (m % 1440) between 600 and 600 + 40 + m / 1440 then 'stopped' else 'active' end, 'active',
    '2026-04-11 00:00:07+00'::timestamptz + m * interval '1 minute'
from generate_series(0, 5 * 1440 - 1) as m
order by hashtext(m::text);
insert into system_incident (incident_id, host_name, device_id, device_name, capture_folder, incident_type,
    component, severity, status, detected_at, resolved_at, root_cause)
select 1000 + d, 'h', 'd1', 'd1', 'capture1', 'ffmpeg_failure', 'ffmpeg', 'critical', 'resolved',
    '2026-03-02 10:00:07+00'::timestamptz + d * interval '1 day',
    '2026-03-02 10:00:07+00'::timestamptz + d * interval '1 day' + (d + 1) * interval '1 minute',
    'cause ' || d
from generate_series(0, 44) as d
order by hashtext(d::text);
-- acknowledged and closed; a duplicate of one; one that the samples contradict; a device that is gone, with
-- words of their own
update system_incident
set status = 'closed', acknowledged_at = detected_at + interval '30 seconds', acknowledged_by = 'ann',
    closed_at = resolved_at + interval '1 hour'
where incident_id in (1003, 1043);
insert into system_incident (incident_id, host_name, device_id, device_name, capture_folder, incident_type,
    component, severity, status, detected_at, resolved_at)
values
(990, 'h', 'd1', 'd1', 'capture1', 'ffmpeg_failure', 'ffmpeg', 'high', 'resolved',
    '2026-04-14 10:00:07+00', '2026-04-14 10:40:00+00'),
(2000, 'h', 'd1', 'd1', 'capture1', 'monitor_failure', 'monitor', 'high', 'open',
    '2026-04-12 05:00:00+00', null),
(2001, 'h', 'd9', 'd9', 'capture9', 'monitor_failure', null, 'warning', 'Investigating',
    '2026-03-12 05:00:00+00', null);
"""


@pytest.fixture
def adopted(empty_database: Database) -> Database:
    run_psql(empty_database.url, EARLIER, bin=empty_database.server.bin)
    empty_database.migrate()
    return empty_database


def test_are_there_the_moment_it_is_installed(adopted: Database) -> None:
    with adopted.connect() as connection:
        assert connection.execute(
            "select count(*), min(incident_id), max(incident_id) from system_incident"
        ).fetchone() == (48, 990, 2001)
        assert connection.execute(
            "select incident_id, severity, status from system_incident where resolved_at is null order by 1"
        ).fetchall() == [(2000, "high", "open"), (2001, "medium", "in_progress")]
        assert connection.execute(
            "select count(*) from incident.notification where state <> 'suppressed'"
        ).fetchone() == (0,)


def test_keep_their_numbers_and_are_one_with_what_the_samples_tell(adopted: Database) -> None:
    with adopted.connect() as connection:
        # A live failure meanwhile has a number above all of theirs.
        connection.execute(
            """insert into system_device_metrics (host_name, device_id, device_name, capture_folder,
                ffmpeg_status, monitor_status, timestamp)
            values ('h', 'd1', 'd1', 'capture1', 'stuck', 'active', '2026-04-17 00:00:00+00')"""
        )
        run_psql(adopted.url, file="db/adopt.sql", bin=adopted.server.bin)
        run_psql(adopted.url, file="db/adopt.sql", bin=adopted.server.bin)
        assert connection.execute(
            """select incident_id, root_cause, status, total_duration_minutes from system_incident
            where component = 'ffmpeg' and not as_recorded and retracted_at is null order by detected_at"""
        ).fetchall() == [
            *((1000 + d, f"cause {d}", "closed" if d == 43 else "resolved", d + 1) for d in range(40, 45)),
            (2002, None, "open", None),
        ]
        assert connection.execute(
            """select count(*), sum(total_duration_minutes) from system_incident
            where component = 'ffmpeg' and as_recorded and retracted_at is null"""
        ).fetchone() == (40, 40 * 41 // 2)
        # The other record of one failure is part of that.
        assert connection.execute(
            "select incident_id from system_incident where retracted_at is not null"
        ).fetchall() == [(990,)]
        assert connection.execute(
            """select closed_at = '2026-04-14 11:44:07+00', acknowledged_by
            from system_incident where incident_id = 1043"""
        ).fetchone() == (True, "ann")
        assert connection.execute("select * from incident.check_invariants()").fetchall() == []
        assert connection.execute("select * from incident.rebuild()").fetchall() == []


def test_mttr_is_what_the_old_table_says(adopted: Database) -> None:
    with adopted.connect() as connection:
        run_psql(adopted.url, file="db/adopt.sql", bin=adopted.server.bin)
        ours, theirs = (
            connection.execute(question).fetchone()
            for question in (
                """select resolved, mttr_seconds from incident.response_times(
                    '2026-03-02', '2026-04-16', 'component', '2026-04-16') where component = 'ffmpeg'""",
                """select count(*), avg(extract(epoch from resolved_at - detected_at))
                from incident_adopted.system_incident where incident_id between 1000 and 1999""",
            )
        )
        assert ours == theirs


def test_mtbf_is_what_the_old_table_says(adopted: Database) -> None:
    with adopted.connect() as connection:
        run_psql(adopted.url, file="db/adopt.sql", bin=adopted.server.bin)
        ours, theirs = (
            connection.execute(question).fetchone()
            for question in (
                """select failures, up_seconds, mtbf_seconds from incident.mtbf(
                    '2026-03-02', '2026-04-16', 'component', '2026-04-16')
                where component = 'ffmpeg' and device_name = 'd1'""",
                # Observed from the first incident on, to the last sample.
                """select count(*), u.up, trunc(u.up / count(*), 6)
                from incident_adopted.system_incident as i
                cross join lateral (
                    select extract(epoch from timestamptz '2026-04-16' - '2026-03-02 10:00:07+00')
                        - sum(extract(epoch from resolved_at - detected_at)) as up
                    from incident_adopted.system_incident where incident_id between 1000 and 1999
                ) as u
                where incident_id between 1000 and 1999 group by u.up""",
            )
        )
        assert ours == theirs
        assert connection.execute(
            """select distinct sum(failures) over (partition by level) from (
                select by as level, failures from unnest(array['device', 'host', 'fleet']) as by
                cross join lateral incident.mtbf('2026-03-02', '2026-04-16', by, '2026-04-16')
            ) as told"""
        ).fetchall() == [(46,)]  # that of the device that is gone, too


def test_one_as_recorded_can_be_resolved_and_not_reopened(adopted: Database) -> None:
    with adopted.connect() as connection:
        connection.execute("select incident.resolve(2000, 'long over')")
        assert connection.execute(
            "select status from system_incident where incident_id = 2000"
        ).fetchone() == ("resolved",)
        with pytest.raises(Exception, match="as an earlier monitoring recorded it"):
            connection.execute("select incident.reopen(2000)")
