-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.counted_piece(
    window_start timestamptz, window_end timestamptz, as_of timestamptz
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    ffmpeg_status text,
    monitor_status text,
    weight integer,
    started_at timestamptz,
    ended_at timestamptz
)
language sql
stable
rows 10000
begin atomic
    with overlay as materialized (
        select o.* from incident_engine.overlay_piece(window_start, window_end, as_of) as o
    )

    -- (select ...): worked out once. now() minus some days, or what a report makes of it, takes longer than all else that
    -- is done with a piece.
    select
        s.host_name,
        s.device_name,
        s.capture_folder,
        s.ffmpeg_status,
        s.monitor_status,
        1 as weight,
        greatest(s.started_at, (select window_start)) as started_at,
        least(s.ended_at, (select least(window_end, as_of)), k.known_to) as ended_at
    from incident.device_state as s
    left join incident_engine.known_until() as k on s.host_name = k.host_name
    where
        s.ended_at > window_start
        and s.started_at < least(window_end, as_of)
        and coalesce(s.started_at < k.known_to and window_start < k.known_to, true)
        and window_start < least(window_end, as_of)

    -- Where something else counts, the state is taken away again: to cut every state where one of the few overlays starts or
    -- ends would cost more than all the rest.
    union all
    select
        s.host_name,
        s.device_name,
        s.capture_folder,
        s.ffmpeg_status,
        s.monitor_status,
        -1 as weight,
        greatest(s.started_at, o.from_time) as started_at,
        least(s.ended_at, o.to_time) as ended_at
    from overlay as o
    join incident.device_state as s
        on
        o.host_name = s.host_name
        and o.device_name = s.device_name
        and o.capture_folder = s.capture_folder
        -- From the state that it begins in on; without this each overlay would be looked for from the device's first state.
        and s.started_at >= (
            select coalesce(max(b.started_at), '-infinity')
            from incident.device_state as b
            where
                b.host_name = o.host_name
                and b.device_name = o.device_name
                and b.capture_folder = o.capture_folder
                and b.started_at <= o.from_time
        )
        and s.started_at < o.to_time
        and s.ended_at > o.from_time
    union all
    select
        o.host_name,
        o.device_name,
        o.capture_folder,
        o.ffmpeg_status,
        o.monitor_status,
        1 as weight,
        o.from_time as started_at,
        o.to_time as ended_at
    from overlay as o
    where o.ffmpeg_status is not null;
end;

comment on function incident_engine.counted_piece(timestamptz, timestamptz, timestamptz) is
'What availability adds up: the states of all devices, clipped to a window and to as_of, with weight 1; where something else counts '
'(see overlay_piece) the state once more with weight -1, and what counts with weight 1. Sums of weight times duration are right, single '
'pieces are not to be shown.';

revoke all on function incident_engine.counted_piece(timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident_engine.counted_piece(timestamptz, timestamptz, timestamptz) to incident_viewer;
