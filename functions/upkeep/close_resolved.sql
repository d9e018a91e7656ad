create or replace function incident_engine.close_resolved(as_of timestamptz)
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    own_site constant integer := incident_engine.own_site();
    shortest constant interval := (select min(p.close_after) from incident.policy as p);
    due record;
    closed integer := 0;
begin
    if shortest is null then
        return 0;
    end if;
    perform set_config('incident_engine.writer', 'engine', true);
    for due in
        select i.incident_id, i.host_name, p.close_after, least(i.resolved_at + p.close_after, now()) as closed_at
        from public.system_incident as i
        cross join lateral incident_engine.effective_policy(
            i.host_name, i.device_name, i.capture_folder, i.component
        ) as p
        where
            i.status = 'resolved'
            and i.retracted_at is null
            and incident_engine.site_of(i.host_name) = own_site
            and i.resolved_at <= as_of - shortest
            and i.resolved_at + p.close_after <= as_of
        order by i.resolved_at, i.incident_id
        limit 500
    loop
        -- The host before the incident, as everywhere; one that is busy has its turn in the next round.
        continue when not incident_engine.try_lock_hosts(array[due.host_name]);
        continue when incident_engine.held_incidents(array[due.host_name], array[due.incident_id]) <> '{}';
        update public.system_incident as i
        set status = 'closed',
            closed_at = due.closed_at,
            closed_by = 'engine',
            updated_by = 'engine',
            update_note = format('closed by policy, resolved for %s', due.close_after)
        where i.host_name = due.host_name and i.incident_id = due.incident_id and i.status = 'resolved';
        closed := closed + found::integer;
    end loop;
    perform set_config('incident_engine.writer', '', true);
    return closed;
end
$$;

comment on function incident_engine.close_resolved(timestamptz) is
'Closes incidents that have been resolved for close_after, as operator engine, up to 500 a round. Returns how many.';

revoke all on function incident_engine.close_resolved(timestamptz) from public;
