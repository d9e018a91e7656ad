-- Inlined into the query that calls it, so that a condition on the device reaches the index. That is why no search_path is
-- pinned; the body is bound when it is created.
create or replace function incident.state_history(
    window_start timestamptz default now() - interval '24 hours',
    window_end timestamptz default now(),
    as_of timestamptz default now()
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    started_at timestamptz,
    ended_at timestamptz,
    state text,
    ffmpeg_status text,
    monitor_status text,
    in_maintenance boolean
)
language sql
stable
rows 10000
begin atomic
    select
        p.host_name,
        p.device_name,
        p.capture_folder,
        p.started_at,
        p.ended_at,
        case
            when p.counts_as = 'maintenance' then 'maintenance'
            when 'stopped' in (p.ffmpeg_status, p.monitor_status) then 'stopped'
            when 'stuck' in (p.ffmpeg_status, p.monitor_status) then 'stuck'
            when p.ffmpeg_status = 'no_data' then 'no_data'
            when 'unknown' in (p.ffmpeg_status, p.monitor_status) then 'unknown'
            else 'active'
        end as state,
        p.ffmpeg_status,
        p.monitor_status,
        coalesce(p.counts_as = 'maintenance', false) as in_maintenance
    from incident_engine.state_piece(window_start, window_end, as_of) as p;
end;

comment on function incident.state_history(timestamptz, timestamptz, timestamptz) is
'What each device was doing, moment by moment, in a window (by default the last 24 hours) up to as_of: incident.device_state '
'clipped to the window, with the silence that no sweep has recorded yet and with maintenance. state is one word for the device: '
'maintenance, else the worse of its two components (stopped, stuck), else no_data, unknown or active. The pieces of a device '
'follow each other without holes, but for the time in which it was retired.';

revoke all on function incident.state_history(timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident.state_history(timestamptz, timestamptz, timestamptz) to incident_viewer;
