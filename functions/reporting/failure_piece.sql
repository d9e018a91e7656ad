-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.failure_piece(
    window_start timestamptz, window_end timestamptz, as_of timestamptz, by text
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    started_at timestamptz,
    counted tstzmultirange
)
language sql
stable
rows 1000
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
    ),

    known as (
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
            and u.started_at > s.started_at
    ),

    -- Put into order by a number: three names take several times as long.
    numbered as (
        select
            d.host_name,
            d.device_name,
            d.capture_folder,
            row_number() over () as device
        from incident.device as d
    ),

    ordered as not materialized (
        select
            n.device,
            k.*
        from known as k
        join numbered as n using (host_name, device_name, capture_folder)
    ),

    state as (
        select
            o.*,
            null as component,
            o.ffmpeg_status as one,
            o.monitor_status as other
        from ordered as o
        where by <> 'component'
        union all
        select
            o.*,
            c.component,
            c.one,
            'active' as other
        from ordered as o
        cross join
            lateral (values ('ffmpeg', o.ffmpeg_status), ('monitor', o.monitor_status)) as c (component, one)
        where by = 'component'
    ),

    -- A component fails from its first failing state to the next in which it is active; what it was in between, nobody knows.
    walked as (
        select
            s.device,
            s.host_name,
            s.device_name,
            s.capture_folder,
            s.component,
            s.started_at,
            coalesce(
                max(s.started_at) filter (where s.one in ('stuck', 'stopped')) over so_far
                > coalesce(max(s.started_at) filter (where s.one = 'active') over so_far, '-infinity'),
                false
            )
            or coalesce(
                max(s.started_at) filter (where s.other in ('stuck', 'stopped')) over so_far
                > coalesce(max(s.started_at) filter (where s.other = 'active') over so_far, '-infinity'),
                false
            ) as is_failing
        from state as s
        window so_far as (partition by s.device, s.component order by s.started_at)
    ),

    changed as (
        select w.*
        from (
            select
                w.*,
                coalesce(
                    lag(w.is_failing) over (partition by w.device, w.component order by w.started_at),
                    false
                ) as was_failing
            from walked as w
        ) as w
        where w.is_failing <> w.was_failing
    ),

    failure as materialized (
        select f.*
        from (
            select
                c.*,
                lead(c.started_at, 1, least(window_end, as_of)) over (
                    partition by c.device, c.component order by c.started_at
                ) as ended_at
            from changed as c
        ) as f
        where f.is_failing and f.ended_at > window_start
    ),

    not_counted as materialized (
        select
            u.host_name,
            u.device_name,
            u.capture_folder,
            range_agg(span) as spans
        from (
            select m.*
            from incident_engine.maintenance_span((select min(f.started_at) from failure as f), window_end) as m
            union all
            select r.* from incident_engine.retired_span(window_start, window_end, as_of) as r
        ) as u
        cross join lateral unnest(u.spans) as span
        group by u.host_name, u.device_name, u.capture_folder
    )

    select
        f.host_name,
        f.device_name,
        f.capture_folder,
        f.component,
        f.started_at,
        counted.spans as counted
    from failure as f
    left join not_counted as n
        on
        f.host_name = n.host_name
        and f.device_name = n.device_name
        and f.capture_folder = n.capture_folder
    cross join
        lateral (
            select tstzmultirange(tstzrange(f.started_at, f.ended_at)) - coalesce(n.spans, '{}') as spans
            from (values (true)) as single (row)
            offset 0 -- worked out once, not once more for each use
        ) as counted
    where upper(counted.spans) > window_start;
end;

comment on function incident_engine.failure_piece(timestamptz, timestamptz, timestamptz, text) is
'The failures that reach into a window, as they stood at as_of: of a device (from the first moment at which any of its components '
'fails until all are active again), or of each component where by is component. They follow from the states alone: neither policy nor '
'people change them. counted: its time, from its beginning to its end or to as_of, without maintenance and retirement; what has none '
'is not listed. A failure belongs to the moment at which that begins.';

revoke all on function incident_engine.failure_piece(timestamptz, timestamptz, timestamptz, text) from public;
grant execute on function incident_engine.failure_piece(timestamptz, timestamptz, timestamptz, text) to incident_viewer;
