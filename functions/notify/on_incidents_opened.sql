create or replace function incident_engine.on_incidents_opened()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from incident.maintenance as m where m.effective_period @> now()) then
        perform incident_engine.withdraw_silenced(array_agg(n.incident_id)) from new_incidents as n;
    end if;
    perform incident_engine.tell_changes(array_agg((i.incident, 'opened')::incident_engine.incident_change))
    from new_incidents as n
    cross join lateral (select (n.*)::public.system_incident as incident) as i
    having count(*) > 0;
    return null;
end
$$;

comment on function incident_engine.on_incidents_opened() is
'Statement trigger on system_incident: what is due to be told of new incidents, and to whom, or why nobody is told.';

revoke all on function incident_engine.on_incidents_opened() from public;

create or replace trigger write_notifications_of_new_incidents
after insert on public.system_incident
referencing new table as new_incidents
for each statement execute function incident_engine.on_incidents_opened();
