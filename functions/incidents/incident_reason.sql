create or replace function incident_engine.incident_reason(
    host_name text, device_name text, capture_folder text, detected_at timestamptz, resolved_at timestamptz
)
returns table (reason text, since timestamptz)
language sql
stable
rows 1
set search_path = pg_catalog, pg_temp
begin atomic
    select s.reason, greatest(s.started_at, incident_reason.detected_at)
    from incident.system_state as s
    where
        s.host_name = incident_reason.host_name
        and s.device_name = incident_reason.device_name
        and s.capture_folder = incident_reason.capture_folder
        and s.reason is not null
        and s.started_at < coalesce(incident_reason.resolved_at, 'infinity')
        and s.ended_at > incident_reason.detected_at
    order by s.started_at desc
    limit 1;
end;

comment on function incident_engine.incident_reason(text, text, text, timestamptz, timestamptz) is
'What was wrong last in a system incident, and since when.';

revoke all on function incident_engine.incident_reason(text, text, text, timestamptz, timestamptz) from public;
