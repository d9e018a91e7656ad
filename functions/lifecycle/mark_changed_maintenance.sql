create or replace function incident_engine.mark_changed_maintenance()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform incident_engine.mark_maintenance(w.since, now(), w.host_name)
    from (
        select n.host_name, min(lower(n.period)) as since
        from new_windows as n
        where lower(n.period) <= now()
        group by n.host_name
        order by n.host_name
    ) as w;
    return null;
end
$$;

comment on function incident_engine.mark_changed_maintenance() is
'Statement trigger on maintenance: the timeline of incidents that a window silences, or silences no more, says so at once.';

revoke all on function incident_engine.mark_changed_maintenance() from public;

create or replace trigger write_timeline_of_new_maintenance
after insert on incident.maintenance
referencing new table as new_windows
for each statement execute function incident_engine.mark_changed_maintenance();

create or replace trigger write_timeline_of_changed_maintenance
after update on incident.maintenance
referencing new table as new_windows
for each statement execute function incident_engine.mark_changed_maintenance();
