create or replace function incident_engine.after_incident_insert()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into incident.timeline (host_name, incident_id, happened_at, event, from_value, to_value, note, operator)
    select i.host_name, i.incident_id, e.happened_at, e.event, e.from_value, e.to_value, i.update_note, i.updated_by
    from new_incidents as i
    cross join lateral (
        values
        (1, i.detected_at, 'detected', null, i.detected_severity),
        (2, i.severity_since, 'severity_changed', i.detected_severity, i.severity),
        (3, i.flapping_since, 'flapping_started', null, null),
        (4, i.resolved_at, 'resolved', 'open', i.status)
    ) as e (position, happened_at, event, from_value, to_value)
    where
        e.event = 'detected'
        or (e.event = 'severity_changed' and i.severity <> i.detected_severity)
        or (e.event = 'flapping_started' and i.flapping_since is not null)
        or (e.event = 'resolved' and i.resolved_at is not null)
    order by i.incident_id, e.position;
    return null;
end
$$;

comment on function incident_engine.after_incident_insert() is
'Statement trigger on system_incident: the first entries of a new incident''s timeline.';

revoke all on function incident_engine.after_incident_insert() from public;

create or replace trigger write_timeline_of_new_incidents
after insert on public.system_incident
referencing new table as new_incidents
for each statement execute function incident_engine.after_incident_insert();
