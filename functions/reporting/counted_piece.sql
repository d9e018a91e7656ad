-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.counted_piece(
    window_start timestamptz, window_end timestamptz, as_of timestamptz
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    device_id text,
    ffmpeg_status text,
    monitor_status text,
    started_at timestamptz,
    ended_at timestamptz
)
language sql
stable
rows 10000
begin atomic
    -- (select ...): worked out once. now() minus some days, or what a report makes of it, takes longer than all else that
    -- is done with a piece.
    select
        s.host_name,
        s.device_name,
        s.capture_folder,
        null::text as device_id,
        s.ffmpeg_status,
        s.monitor_status,
        greatest(s.started_at, (select window_start)) as started_at,
        least(s.ended_at, (select least(window_end, as_of))) as ended_at
    from incident.device_state as s
    where s.ended_at > window_start
        and s.started_at < least(window_end, as_of)
        and window_start < least(window_end, as_of)

    -- Where something else counts, the state is taken away again by a piece that runs backwards: joining every state with
    -- the few spans of silence and maintenance would cost more than all the rest.
    union all
    select
        s.host_name,
        s.device_name,
        s.capture_folder,
        null::text as device_id,
        t.ffmpeg_status,
        t.monitor_status,
        t.started_at,
        t.ended_at
    from incident_engine.overlay_piece(window_start, window_end, as_of) as o
    join incident.device_state as s
        on
        s.host_name = o.host_name
        and s.device_name = o.device_name
        and s.capture_folder = o.capture_folder
        -- From the state that it begins in on; without this each span would be looked for from the first state of the device.
        and s.started_at >= (
            select coalesce(max(b.started_at), '-infinity')
            from incident.device_state as b
            where
                b.host_name = o.host_name
                and b.device_name = o.device_name
                and b.capture_folder = o.capture_folder
                and b.started_at <= greatest(o.from_time, window_start)
        )
        and s.started_at < least(o.to_time, window_end, as_of)
    cross join
        lateral (
            select
                greatest(s.started_at, o.from_time, window_start) as from_time,
                least(s.ended_at, o.to_time, window_end, as_of) as to_time
        ) as both_hold
    cross join
        lateral (
            values
            (s.ffmpeg_status, s.monitor_status, both_hold.to_time, both_hold.from_time),
            (o.counts_as, o.counts_as, both_hold.from_time, both_hold.to_time)
        ) as t (ffmpeg_status, monitor_status, started_at, ended_at)
    where both_hold.from_time < both_hold.to_time

    -- What a device's pieces must add up to is counted apart from them, by when it was first seen.
    union all
    select
        d.host_name,
        d.device_name,
        d.capture_folder,
        d.device_id,
        'window' as ffmpeg_status,
        'window' as monitor_status,
        greatest(d.first_sample_at, (select window_start)) as started_at,
        (select least(window_end, as_of)) as ended_at
    from incident.device_state as s
    join incident.device as d
        on
        s.host_name = d.host_name
        and s.device_name = d.device_name
        and s.capture_folder = d.capture_folder
    where
        s.started_at < least(window_end, as_of)
        and s.ended_at >= least(window_end, as_of)
        and window_start < least(window_end, as_of);
end;

comment on function incident_engine.counted_piece(timestamptz, timestamptz, timestamptz) is
'What availability adds up: the state history of all devices clipped to a window and to as_of. Statuses are those of the history, or '
'no_data or maintenance for both components where that counts instead: the same time comes three times then, as the state, as the '
'state running backwards (started_at after ended_at, so that its duration is negative), and as what counts. Sums over ended_at - '
'started_at are right, single pieces are not to be shown. One piece a device has the status window for both: its part of the window.';

revoke all on function incident_engine.counted_piece(timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident_engine.counted_piece(timestamptz, timestamptz, timestamptz) to incident_viewer;
