create or replace function incident_engine.on_maintenance_update()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform incident_engine.announce(now(), array_agg(distinct m.host_name))
    from new_windows as m
    where m.ended_at <= now()
    having count(*) > 0;
    return null;
end
$$;

comment on function incident_engine.on_maintenance_update() is
'Statement trigger on maintenance: what was silenced by a window that ends early is announced at once.';

revoke all on function incident_engine.on_maintenance_update() from public;

create or replace trigger announce_after_maintenance
after update on incident.maintenance
referencing new table as new_windows
for each statement execute function incident_engine.on_maintenance_update();
