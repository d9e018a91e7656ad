create or replace function incident_engine.overlay_piece(
    window_start timestamptz, window_end timestamptz, as_of timestamptz
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    from_time timestamptz,
    to_time timestamptz,
    ffmpeg_status text,
    monitor_status text
)
language plpgsql
stable
security definer
rows 20
set search_path = pg_catalog, pg_temp
set jit = off
as $$
begin
    if window_start >= least(window_end, as_of) then
        return;
    end if;
    return query
    with silence as materialized (
        select s.* from incident_engine.silence_span(window_start, least(window_end, as_of), as_of) as s
    ),

    -- In the order of what goes first; each takes what those before it left.
    overlay as (
        select 1 as place, r.host_name, r.device_name, r.capture_folder, r.spans, null as ffmpeg, null as monitor
        from incident_engine.retired_span(window_start, window_end, as_of) as r
        union all
        select 2, m.host_name, m.device_name, m.capture_folder, m.spans, 'maintenance', 'maintenance'
        from incident_engine.maintenance_span(window_start, window_end) as m
        union all
        select 3, u.host_name, u.device_name, u.capture_folder, u.spans, u.ffmpeg_status, u.monitor_status
        from incident_engine.unripe_span(as_of) as u
        union all
        select 4, o.host_name, o.device_name, o.capture_folder, o.spans, 'outage', 'outage'
        from incident_engine.outage_span(window_start, window_end) as o
        union all
        select 4, s.host_name, s.device_name, s.capture_folder, s.spans * o.spans, 'outage', 'outage'
        from silence as s
        cross join (select range_agg(tstzrange(a.started_at, a.ended_at)) as spans from incident.outage as a) as o
        union all
        select 5, s.host_name, s.device_name, s.capture_folder, s.spans, 'no_data', 'no_data'
        from silence as s
    ),

    merged as (
        select o.host_name, o.device_name, o.capture_folder, o.place, o.ffmpeg, o.monitor,
            range_agg(span) * tstzmultirange(tstzrange(window_start, least(window_end, as_of))) as spans
        from overlay as o
        cross join lateral unnest(o.spans) as span
        group by o.host_name, o.device_name, o.capture_folder, o.place, o.ffmpeg, o.monitor
    ),

    left_over as (
        select m.*, m.spans * tstzmultirange(tstzrange(
            d.first_sample_at, case when k.known_to is not null then greatest(k.known_to, d.first_sample_at) end
        )) - coalesce(
            (
                select range_agg(span)
                from merged as e
                cross join lateral unnest(e.spans) as span
                where
                    (e.host_name, e.device_name, e.capture_folder) = (m.host_name, m.device_name, m.capture_folder)
                    and e.place < m.place
            ),
            '{}'
        ) as remaining
        from merged as m
        join incident.device as d using (host_name, device_name, capture_folder)
        left join incident_engine.known_until() as k on k.host_name = m.host_name
    )

    select l.host_name, l.device_name, l.capture_folder, lower(span), upper(span), l.ffmpeg, l.monitor
    from left_over as l
    cross join lateral unnest(l.remaining) as span;
end
$$;

comment on function incident_engine.overlay_piece(timestamptz, timestamptz, timestamptz) is
'Time of devices in a window that counts as something else than their history says. Statuses: null once a device is retired, '
'maintenance, outage (silent while the database itself was down), no_data (silence that no sweep has recorded yet), or the status '
'before a silence that had not lasted long enough by as_of. The spans of a device do not overlap. Most devices have none.';

revoke all on function incident_engine.overlay_piece(timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident_engine.overlay_piece(timestamptz, timestamptz, timestamptz) to incident_viewer;
