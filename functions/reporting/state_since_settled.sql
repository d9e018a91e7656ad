-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.state_since_settled(
    window_start timestamptz, window_end timestamptz, as_of timestamptz
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    started_at timestamptz,
    ffmpeg_status text,
    monitor_status text
)
language sql
stable
rows 10000
begin atomic
    -- A failure that began before the window began where it did: who was not well when the window began is looked at from the
    -- last state on in which all was well, all others from the state of that moment on.
    with unsettled as (
        select
            s.host_name,
            s.device_name,
            s.capture_folder,
            s.started_at,
            (
                select coalesce(max(b.started_at), '-infinity')
                from (
                    select u.started_at
                    from incident.device_state as u
                    where
                        u.host_name = s.host_name
                        and u.device_name = s.device_name
                        and u.capture_folder = s.capture_folder
                        and u.started_at < s.started_at
                        and u.ffmpeg_status = 'active'
                        and u.monitor_status = 'active'
                    order by u.started_at desc
                    limit 1
                ) as b
            ) as settled_at
        from incident.device_state as s
        where
            s.ended_at > window_start
            and s.started_at <= window_start
            and (s.ffmpeg_status <> 'active' or s.monitor_status <> 'active')
    )

    select
        s.host_name,
        s.device_name,
        s.capture_folder,
        s.started_at,
        s.ffmpeg_status,
        s.monitor_status
    from incident.device_state as s
    where s.ended_at > window_start and s.started_at < least(window_end, as_of)
    union all
    select
        s.host_name,
        s.device_name,
        s.capture_folder,
        s.started_at,
        s.ffmpeg_status,
        s.monitor_status
    from unsettled as u
    join incident.device_state as s
        on
        u.host_name = s.host_name
        and u.device_name = s.device_name
        and u.capture_folder = s.capture_folder
        and u.settled_at <= s.started_at
        and u.started_at > s.started_at;
end;

comment on function incident_engine.state_since_settled(timestamptz, timestamptz, timestamptz) is
'The states from which failures of a window follow, neither clipped nor without maintenance: those of the window up to as_of, and of a '
'device that was not well when it began all since the last in which all was well.';

revoke all on function incident_engine.state_since_settled(timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident_engine.state_since_settled(timestamptz, timestamptz, timestamptz) to incident_viewer;
