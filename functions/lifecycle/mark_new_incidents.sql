create or replace function incident_engine.mark_new_incidents()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    silenced record;
begin
    for silenced in
        select i.host_name, min(i.detected_at) as since
        from new_incidents as i
        join incident.maintenance as m
            on m.host_name = i.host_name and m.effective_period && tstzrange(i.detected_at, i.resolved_at, '[]')
        where lower(m.effective_period) <= now()
        group by i.host_name
        order by i.host_name
    loop
        perform incident_engine.mark_maintenance(silenced.since, now(), silenced.host_name);
    end loop;
    return null;
end
$$;

comment on function incident_engine.mark_new_incidents() is
'Statement trigger on system_incident: the timeline of an incident that is opened in maintenance says so at once.';

revoke all on function incident_engine.mark_new_incidents() from public;

-- After write_timeline_of_new_incidents: triggers run in the order of their names.
create or replace trigger write_timeline_of_new_incidents_in_maintenance
after insert on public.system_incident
referencing new table as new_incidents
for each statement execute function incident_engine.mark_new_incidents();
