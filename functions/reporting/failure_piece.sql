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
    ended_at timestamptz,
    severity_rank integer,
    components text
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
            case when by = 'component' then i.component end as counted_component,
            i.component,
            incident.severity_rank(i.severity) as severity_rank,
            i.detected_at as started_at,
            case when i.resolved_at <= as_of then i.resolved_at else 'infinity' end as ended_at
        from public.system_incident as i
        where
            i.component in ('ffmpeg', 'monitor')
            and i.retracted_at is null
            and i.detected_at < least(window_end, as_of)
            and (i.resolved_at >= window_start or i.resolved_at is null)
    ),

    -- Failures of both components that overlap or touch are one failure of the device.
    marked as (
        select
            k.*,
            k.started_at > max(k.ended_at) over (
                partition by k.host_name, k.device_name, k.capture_folder, k.counted_component
                order by k.started_at, k.ended_at
                rows between unbounded preceding and 1 preceding
            ) as is_next
        from known as k
    ),

    numbered as (
        select
            m.*,
            count(*) filter (where m.is_next) over (
                partition by m.host_name, m.device_name, m.capture_folder, m.counted_component
                order by m.started_at, m.ended_at
                rows unbounded preceding
            ) as failure_no
        from marked as m
    ),

    failure as (
        select
            n.host_name,
            n.device_name,
            n.capture_folder,
            n.counted_component as component,
            min(n.started_at) as started_at,
            max(n.ended_at) as ended_at,
            min(n.severity_rank) as severity_rank,
            string_agg(distinct n.component, ' and ') as components
        from numbered as n
        group by n.host_name, n.device_name, n.capture_folder, n.counted_component, n.failure_no
    )

    select f.*
    from failure as f
    left join incident_engine.maintenance_piece(window_start, window_end) as p
        on
        p.in_maintenance
        and p.host_name = f.host_name
        and p.device_name = f.device_name
        and p.capture_folder = f.capture_folder
        and p.from_time <= greatest(f.started_at, window_start)
        and p.to_time >= least(f.ended_at, window_end, as_of)
    where p.host_name is null and (f.ended_at > window_start or f.started_at >= window_start);
end;

comment on function incident_engine.failure_piece(timestamptz, timestamptz, timestamptz, text) is
'The failures that a window touches, as they stood at as_of: ffmpeg and monitor incidents, those of a device that overlap or touch '
'joined into one unless by is component. ended_at is infinity while it lasts. Failures wholly within maintenance, and retracted '
'incidents, are left out.';

revoke all on function incident_engine.failure_piece(timestamptz, timestamptz, timestamptz, text) from public;
grant execute on function incident_engine.failure_piece(timestamptz, timestamptz, timestamptz, text) to incident_viewer;
