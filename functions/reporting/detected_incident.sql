-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.detected_incident(
    window_start timestamptz, window_end timestamptz, as_of timestamptz
)
returns table (
    incident_id bigint,
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    severity text,
    root_cause text,
    detected_at timestamptz,
    acknowledged_by text,
    resolved_at timestamptz,
    time_to_acknowledge interval,
    time_to_resolve interval,
    time_so_far interval
)
language sql
stable
rows 1000
begin atomic
    select
        i.incident_id,
        i.host_name,
        i.device_name,
        i.capture_folder,
        i.component,
        i.severity,
        i.root_cause,
        i.detected_at,
        case when i.acknowledged_at <= as_of then i.acknowledged_by end as acknowledged_by,
        case when i.resolved_at <= as_of then i.resolved_at end as resolved_at,
        case
            when i.acknowledged_at <= as_of then greatest(i.acknowledged_at, i.detected_at) - i.detected_at
        end as time_to_acknowledge,
        case when i.resolved_at <= as_of then i.resolved_at - i.detected_at end as time_to_resolve,
        least(i.resolved_at, as_of) - i.detected_at as time_so_far
    from public.system_incident as i
    where
        i.detected_at >= window_start
        and i.detected_at < least(window_end, as_of)
        and i.retracted_at is null;
end;

comment on function incident_engine.detected_incident(timestamptz, timestamptz, timestamptz) is
'The incidents detected in a window, as they stood at as_of: what was acknowledged or resolved later was not yet. Retracted ones '
'are left out. time_so_far: to the resolution, or up to as_of while it was open.';

revoke all on function incident_engine.detected_incident(timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident_engine.detected_incident(timestamptz, timestamptz, timestamptz) to incident_viewer;
