create or replace function incident_engine.recorded_piece(
    window_start timestamptz, window_end timestamptz, as_of timestamptz, by text
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    up_seconds numeric,
    window_seconds numeric,
    failures bigint,
    failing_at_start bigint,
    still_failing bigint,
    last_failure_at timestamptz
)
language sql
stable
rows 100
set search_path = pg_catalog, pg_temp
begin atomic
    with recorded as (
        select
            i.host_name,
            i.device_name,
            i.capture_folder,
            i.component,
            i.detected_at,
            least(i.resolved_at, as_of) as ended_at
        from public.system_incident as i
        where i.as_recorded and i.retracted_at is null and i.component <> 'system' and i.detected_at < as_of
    ),

    -- The earlier monitoring looked at a device from its first incident on, up to the first sample, or to the end of its last.
    device as (
        select
            r.host_name,
            r.device_name,
            r.capture_folder,
            tstzmultirange(tstzrange(
                greatest(min(r.detected_at), window_start),
                greatest(
                    least(coalesce(min(d.first_sample_at), max(r.ended_at)), window_end, as_of),
                    greatest(min(r.detected_at), window_start)
                )
            )) - coalesce(range_agg(m.spans), '{}') as observed
        from recorded as r
        left join incident.device as d using (host_name, device_name, capture_folder)
        left join
            incident_engine.maintenance_span(window_start, window_end) as m
            using (host_name, device_name, capture_folder)
        group by r.host_name, r.device_name, r.capture_folder
    ),

    measured as (
        select
            d.host_name,
            d.device_name,
            d.capture_folder,
            c.component,
            d.observed,
            coalesce((
                select range_agg(tstzrange(r.detected_at, r.ended_at))
                from recorded as r
                where
                    (r.host_name, r.device_name, r.capture_folder) = (d.host_name, d.device_name, d.capture_folder)
                    and (r.component = c.component or c.component is null)
            ), '{}') as failing
        from device as d
        cross join (values (null), ('ffmpeg'), ('monitor')) as c (component)
        where not isempty(d.observed) and (by = 'component') = (c.component is not null)
    )

    select
        p.host_name,
        p.device_name,
        p.capture_folder,
        m.component,
        sum(extract(epoch from incident_engine.time_in(m.observed - m.failing))) as up_seconds,
        sum(extract(epoch from incident_engine.time_in(m.observed))) as window_seconds,
        sum(f.failures)::bigint as failures,
        sum(f.failing_at_start)::bigint as failing_at_start,
        sum(f.still_failing)::bigint as still_failing,
        max(f.last_failure_at) as last_failure_at
    from measured as m
    cross join
        lateral (
            select
                count(*) filter (where lower(span) >= window_start) as failures,
                count(*) filter (where lower(span) < window_start) as failing_at_start,
                count(*) filter (where upper(span) >= least(window_end, as_of)) as still_failing,
                max(lower(span)) filter (where lower(span) >= window_start) as last_failure_at
            from unnest(m.failing) as span
            where tstzmultirange(span) && m.observed
        ) as f
    cross join
        lateral (
            select
                case when by <> 'fleet' then m.host_name end as host_name,
                case when by in ('device', 'component') then m.device_name end as device_name,
                case when by in ('device', 'component') then m.capture_folder end as capture_folder
        ) as p
    group by p.host_name, p.device_name, p.capture_folder, m.component;
end;

comment on function incident_engine.recorded_piece(timestamptz, timestamptz, timestamptz, text) is
'What an earlier monitoring recorded of failures of devices before their first samples, taken at its word: while it recorded no '
'failure a device was up. By device, component, host or fleet, in seconds.';

revoke all on function incident_engine.recorded_piece(timestamptz, timestamptz, timestamptz, text) from public;
grant execute on function incident_engine.recorded_piece(
    timestamptz, timestamptz, timestamptz, text
) to incident_viewer;
