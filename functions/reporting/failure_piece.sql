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
    -- Put into order by a number: names take several times as long.
    with subject as materialized (
        select
            row_number() over () as number,
            d.host_name,
            d.device_name,
            d.capture_folder,
            c.component
        from incident.device as d
        cross join
            (values (null, by <> 'component'), ('ffmpeg', by = 'component'), ('monitor', by = 'component')) as c (
                component, is_asked
            )
        where c.is_asked
    ),

    state as (
        select
            n.number,
            k.started_at,
            case when n.component = 'monitor' then 'active' else k.ffmpeg_status end as ffmpeg,
            case when n.component = 'ffmpeg' then 'active' else k.monitor_status end as monitor
        from incident_engine.state_since_settled(window_start, window_end, as_of) as k
        join subject as n using (host_name, device_name, capture_folder)
        -- Both components neutral says nothing new.
        where k.ffmpeg_status in ('active', 'stuck', 'stopped') or k.monitor_status in ('active', 'stuck', 'stopped')
    ),

    -- A component fails from its first failing state to the next in which it is active; what it was in between, nobody knows.
    walked as (
        select
            s.number,
            s.started_at,
            coalesce(
                max(s.started_at) filter (where s.ffmpeg in ('stuck', 'stopped')) over so_far
                > coalesce(max(s.started_at) filter (where s.ffmpeg = 'active') over so_far, '-infinity'),
                false
            )
            or coalesce(
                max(s.started_at) filter (where s.monitor in ('stuck', 'stopped')) over so_far
                > coalesce(max(s.started_at) filter (where s.monitor = 'active') over so_far, '-infinity'),
                false
            ) as is_failing
        from state as s
        window so_far as (partition by s.number order by s.started_at)
    ),

    changed as (
        select w.*
        from (
            select
                w.*,
                lag(w.is_failing, 1, false) over (partition by w.number order by w.started_at) as was_failing
            from walked as w
        ) as w
        where w.is_failing <> w.was_failing
    ),

    failure as materialized (
        select
            n.host_name,
            n.device_name,
            n.capture_folder,
            n.component,
            f.started_at,
            least(f.ended_at, k.known_to) as ended_at
        from (
            select
                c.*,
                lead(c.started_at, 1, least(window_end, as_of)) over (
                    partition by c.number order by c.started_at
                ) as ended_at
            from changed as c
        ) as f
        join subject as n on f.number = n.number
        left join incident_engine.known_until() as k on n.host_name = k.host_name
        where f.is_failing and least(f.ended_at, k.known_to) > greatest(f.started_at, window_start)
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
            -- Without maintenance, as most are, without subtraction.
            select
                case
                    when n.spans is null then tstzmultirange(tstzrange(f.started_at, f.ended_at))
                    else tstzmultirange(tstzrange(f.started_at, f.ended_at)) - n.spans
                end as spans
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
