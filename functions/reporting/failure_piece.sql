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
    ended_at timestamptz
)
language sql
stable
rows 1000
begin atomic
    with known as (
        select
            i.host_name,
            i.device_name,
            i.capture_folder,
            case when by = 'component' then i.component end as component,
            tstzrange(
                i.detected_at, case when i.resolved_at <= as_of then i.resolved_at else 'infinity' end, '[]'
            ) as period
        from public.system_incident as i
        where
            i.component in ('ffmpeg', 'monitor')
            and i.retracted_at is null
            and i.detected_at < least(window_end, as_of)
            and (i.resolved_at >= window_start or i.resolved_at is null)
    ),

    -- Failures of both components that overlap or touch are one failure of the device.
    joined as (
        select
            k.host_name,
            k.device_name,
            k.capture_folder,
            k.component,
            range_agg(k.period) as periods
        from known as k
        group by k.host_name, k.device_name, k.capture_folder, k.component
    ),

    failure as (
        select
            j.host_name,
            j.device_name,
            j.capture_folder,
            j.component,
            lower(period) as started_at,
            upper(period) as ended_at
        from joined as j
        cross join lateral unnest(j.periods) as period
    )

    select f.*
    from failure as f
    where
        (f.ended_at > (select window_start) or f.started_at >= (select window_start))
        and not exists (
            select
            from incident_engine.maintenance_piece(window_start, window_end) as p
            where
                p.in_maintenance
                and p.host_name = f.host_name
                and p.device_name = f.device_name
                and p.capture_folder = f.capture_folder
                and p.from_time <= greatest(f.started_at, (select window_start))
                and p.to_time >= least(f.ended_at, (select least(window_end, as_of)))
        );
end;

comment on function incident_engine.failure_piece(timestamptz, timestamptz, timestamptz, text) is
'The failures that a window touches, as they stood at as_of: ffmpeg and monitor incidents, those of a device that overlap or touch '
'joined into one unless by is component. ended_at is infinity while it lasts. Failures wholly within maintenance, and retracted '
'incidents, are left out.';

revoke all on function incident_engine.failure_piece(timestamptz, timestamptz, timestamptz, text) from public;
grant execute on function incident_engine.failure_piece(timestamptz, timestamptz, timestamptz, text) to incident_viewer;
