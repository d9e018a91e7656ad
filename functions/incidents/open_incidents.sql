create or replace function incident_engine.open_incidents(
    spans incident_engine.component_span[], changes incident_engine.verdict[]
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set jit = off
-- A plan made while the tables were small lives on in a long session; one that knows the array by value walks it for each row.
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
begin
    if changes = '{}' then
        return;
    end if;
    insert into public.system_incident (
        host_name, device_id, device_name, capture_folder, video_device, incident_type, severity, component, status,
        detected_at, resolved_at, resolved_by, detected_severity, severity_since, reopen_count, engine_reopen_count,
        reopened_at, flapping_since, reason, description, updated_by
    )
    select
        s.host_name,
        coalesce(d.device_id, 'host'),
        s.device_name,
        s.capture_folder,
        d.video_device,
        s.component || '_failure',
        n.severity,
        s.component,
        case when n.resolved_at = 'infinity' then 'open' else 'resolved' end,
        n.detected_at,
        nullif(n.resolved_at, 'infinity'),
        case when n.resolved_at < 'infinity' then 'engine' end,
        n.detected_severity,
        n.severity_since,
        n.reopen_count,
        n.reopen_count,
        n.reopened_at,
        n.flapping_since,
        case when s.component = 'system' then (
            select r.reason
            from incident_engine.incident_reason(
                s.host_name, s.device_name, s.capture_folder, n.detected_at, n.resolved_at
            ) as r
        ) end,
        incident_engine.describe(s.component, n.severity, s.host_name, s.device_name, s.capture_folder),
        'engine'
    from unnest(changes) as c
    cross join lateral (select (c.derived).*) as n
    cross join lateral (select (spans[c.subject]).*) as s
    left join lateral (
        select k.device_id, k.video_device
        from incident.device as k
        where k.host_name = s.host_name and k.device_name = s.device_name and k.capture_folder = s.capture_folder
        offset 0
    ) as d on true
    order by n.detected_at, s.host_name, s.device_name, s.capture_folder, s.component;
end
$$;

comment on function incident_engine.open_incidents(incident_engine.component_span[], incident_engine.verdict[]) is
'Records incidents for failures that have none yet, ended ones as resolved. The device_id of a host is host.';

revoke all on function incident_engine.open_incidents(incident_engine.component_span[], incident_engine.verdict[])
from public;
