create or replace function incident_engine.open_incidents(
    matches incident_engine.incident_match[], stretches incident_engine.stretch[]
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set enable_hashjoin = on
as $$
begin
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
        s.severity,
        s.component,
        case when s.ended_at = 'infinity' then 'open' else 'resolved' end,
        s.started_at,
        nullif(s.ended_at, 'infinity'),
        case when s.ended_at < 'infinity' then 'engine' end,
        s.first_severity,
        s.severity_since,
        s.reopen_count,
        s.reopen_count,
        s.reopened_at,
        s.flapping_since,
        r.reason,
        incident_engine.describe(s.component, s.severity, s.host_name, s.device_name, s.capture_folder),
        'engine'
    from unnest(matches) as m
    join unnest(stretches) with ordinality as s (
        host_name, device_name, capture_folder, component, started_at, ended_at,
        severity, first_severity, severity_since, reopen_count, reopened_at, flapping_since, stretch_no
    ) using (stretch_no)
    left join incident.device as d
        on d.host_name = s.host_name and d.device_name = s.device_name and d.capture_folder = s.capture_folder
    left join lateral incident_engine.incident_reason(
        s.host_name, s.device_name, s.capture_folder, s.started_at, s.ended_at
    ) as r on s.component = 'system'
    where m.incident_id is null
    order by s.started_at, s.host_name, s.device_name, s.capture_folder, s.component;
end
$$;

comment on function incident_engine.open_incidents(incident_engine.incident_match[], incident_engine.stretch[]) is
'Records incidents for stretches that have none yet, ended ones as resolved. The device_id of a host is host.';

revoke all on function incident_engine.open_incidents(incident_engine.incident_match[], incident_engine.stretch[])
from public;
