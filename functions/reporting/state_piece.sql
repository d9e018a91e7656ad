-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.state_piece(
    window_start timestamptz, window_end timestamptz, as_of timestamptz
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    started_at timestamptz,
    ended_at timestamptz,
    ffmpeg_status text,
    monitor_status text,
    in_maintenance boolean
)
language sql
stable
rows 10000
begin atomic
    -- What is newer than the last sweep may be silence; and all of it may be maintenance.
    with clipped as (
        select
            s.host_name,
            s.device_name,
            s.capture_folder,
            greatest(s.started_at, q.from_time, window_start) as started_at,
            least(s.ended_at, q.to_time, window_end, as_of) as ended_at,
            case when q.is_silent then 'no_data' else s.ffmpeg_status end as ffmpeg_status,
            case when q.is_silent then 'no_data' else s.monitor_status end as monitor_status
        from incident.device_state as s
        left join incident_engine.silence_piece(window_start, least(window_end, as_of), as_of) as q
            on
            s.host_name = q.host_name
            and s.device_name = q.device_name
            and s.capture_folder = q.capture_folder
            and s.started_at < q.to_time
            and s.ended_at > q.from_time
        where s.ended_at > window_start and s.started_at < least(window_end, as_of)
    )

    select
        c.host_name,
        c.device_name,
        c.capture_folder,
        greatest(c.started_at, p.from_time) as started_at,
        least(c.ended_at, p.to_time) as ended_at,
        c.ffmpeg_status,
        c.monitor_status,
        coalesce(p.in_maintenance, false) as in_maintenance
    from clipped as c
    left join incident_engine.maintenance_piece(window_start, window_end) as p
        on
        c.host_name = p.host_name
        and c.device_name = p.device_name
        and c.capture_folder = p.capture_folder
        and c.started_at < p.to_time
        and c.ended_at > p.from_time
    where c.started_at < c.ended_at;
end;

comment on function incident_engine.state_piece(timestamptz, timestamptz, timestamptz) is
'The state history of all devices clipped to a window, not counting what is later than as_of, with the silence that no sweep '
'has recorded yet, and cut where maintenance starts and ends. All availability is a sum over these pieces.';

revoke all on function incident_engine.state_piece(timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident_engine.state_piece(timestamptz, timestamptz, timestamptz) to incident_viewer;
