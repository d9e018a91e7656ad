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
    counts_as text
)
language sql
stable
rows 10000
begin atomic
    with overlay as materialized (
        select o.* from incident_engine.overlay_piece(window_start, window_end, as_of) as o
    ),

    covered as materialized (
        select
            o.host_name,
            o.device_name,
            o.capture_folder,
            range_agg(tstzrange(o.from_time, o.to_time)) as spans
        from overlay as o
        group by o.host_name, o.device_name, o.capture_folder
    ),

    clipped as (
        select
            s.host_name,
            s.device_name,
            s.capture_folder,
            s.ffmpeg_status,
            s.monitor_status,
            tstzrange(
                greatest(s.started_at, (select window_start)),
                least(s.ended_at, (select least(window_end, as_of)), k.known_to)
            ) as span
        from incident.device_state as s
        left join incident_engine.known_until() as k on s.host_name = k.host_name
        where
            s.ended_at > window_start
            and s.started_at < least(window_end, as_of)
            and coalesce(s.started_at < k.known_to and window_start < k.known_to, true)
            and window_start < least(window_end, as_of)
    )

    select
        c.host_name,
        c.device_name,
        c.capture_folder,
        lower(piece) as started_at,
        upper(piece) as ended_at,
        c.ffmpeg_status,
        c.monitor_status,
        null as counts_as
    from clipped as c
    left join covered as o
        on
        c.host_name = o.host_name
        and c.device_name = o.device_name
        and c.capture_folder = o.capture_folder
    cross join lateral unnest(tstzmultirange(c.span) - coalesce(o.spans, '{}')) as piece
    union all
    -- In maintenance the components still are what they are; silence of any kind is both's.
    select
        o.host_name,
        o.device_name,
        o.capture_folder,
        lower(piece) as started_at,
        upper(piece) as ended_at,
        case o.ffmpeg_status
            when 'maintenance' then c.ffmpeg_status when 'outage' then 'no_data' else o.ffmpeg_status
        end
            as ffmpeg_status,
        case o.monitor_status
            when 'maintenance' then c.monitor_status when 'outage' then 'no_data' else o.monitor_status
        end
            as monitor_status,
        case when o.ffmpeg_status in ('maintenance', 'outage') then o.ffmpeg_status end as counts_as
    from overlay as o
    join clipped as c
        on
        o.host_name = c.host_name
        and o.device_name = c.device_name
        and o.capture_folder = c.capture_folder
        and c.span && tstzrange(o.from_time, o.to_time)
    cross join lateral (select c.span * tstzrange(o.from_time, o.to_time) as piece) as both_hold
    where o.ffmpeg_status is not null;
end;

comment on function incident_engine.state_piece(timestamptz, timestamptz, timestamptz) is
'The state history of all devices clipped to a window, not counting what is later than as_of or outside of their service, with the '
'silence that no sweep has recorded yet, and cut where maintenance and outages of the database start and end (counts_as).';

revoke all on function incident_engine.state_piece(timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident_engine.state_piece(timestamptz, timestamptz, timestamptz) to incident_viewer;
