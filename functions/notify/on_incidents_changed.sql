create or replace function incident_engine.on_incidents_changed()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set jit = off
as $$
declare
    changes incident_engine.incident_change[];
begin
    -- Another name is no news: see incident.rename_host.
    if coalesce(current_setting('incident_engine.writer', true), '') = 'move' then
        return null;
    end if;
    changes := (
        select array_agg((c.incident, c.event)::incident_engine.incident_change)
        from (
            select i.is_now as incident, incident_engine.incident_event(i.was, i.is_now) as event
            from new_incidents as n
            full join old_incidents as o using (host_name, incident_id)
            cross join lateral (
                select (o.*)::public.system_incident as was, (n.*)::public.system_incident as is_now
            ) as i
        ) as c
        where c.event is not null
    );
    if changes is not null then
        perform incident_engine.supersede_notifications(changes);
        perform incident_engine.tell_changes(changes);
        -- What was part of the incident of a host may be told when that is over.
        perform incident_engine.announce(now(), array_agg(distinct (c.incident).host_name))
        from unnest(changes) as c
        where c.event in ('resolved', 'retracted') and (c.incident).component = 'system'
        having count(*) > 0;
    end if;
    perform incident_engine.announce(now(), array_agg(distinct n.host_name))
    from new_incidents as n
    full join old_incidents as o using (host_name, incident_id)
    where
        n.part_of is null and o.part_of is not null
        or n.dismissed_at is null and o.dismissed_at is not null
        or n.snoozed_until is distinct from o.snoozed_until and coalesce(n.snoozed_until <= now(), true)
    having count(*) > 0;
    return null;
end
$$;

comment on function incident_engine.on_incidents_changed() is
'Statement trigger on system_incident: what is due to be told of changes of incidents, and what need not be told any more.';

revoke all on function incident_engine.on_incidents_changed() from public;

create or replace trigger write_notifications_of_changed_incidents
after update on public.system_incident
referencing old table as old_incidents new table as new_incidents
for each statement execute function incident_engine.on_incidents_changed();
