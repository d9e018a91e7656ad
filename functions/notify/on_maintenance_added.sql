create or replace function incident_engine.on_maintenance_added()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform incident_engine.silence_notifications(array_agg(distinct m.host_name))
    from new_windows as m
    where m.effective_period @> now()
    having count(*) > 0;
    return null;
end
$$;

comment on function incident_engine.on_maintenance_added() is
'Statement trigger on maintenance: what is pending of incidents that are in it from now on is not told.';

revoke all on function incident_engine.on_maintenance_added() from public;

create or replace trigger silence_notifications_in_maintenance
after insert on incident.maintenance
referencing new table as new_windows
for each statement execute function incident_engine.on_maintenance_added();
