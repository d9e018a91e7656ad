create or replace function incident_engine.update_reasons(changed incident_engine.touch[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    with told as (
        select distinct i.host_name, i.incident_id, i.reason as was, r.reason, r.since
        from unnest(changed) as c
        join public.system_incident as i using (host_name, device_name, capture_folder)
        cross join lateral incident_engine.incident_reason(
            i.host_name, i.device_name, i.capture_folder, i.detected_at, i.resolved_at
        ) as r
        where
            i.component = 'system'
            and i.retracted_at is null
            and not i.as_recorded
            and coalesce(i.resolved_at, 'infinity') >= c.from_time
            and i.detected_at <= c.to_time
            and i.reason is distinct from r.reason
    ),

    -- Nobody waits for a person; what somebody holds is told of when its reason changes next.
    free as (
        select i.host_name, i.incident_id
        from public.system_incident as i
        where (i.host_name, i.incident_id) in (select t.host_name, t.incident_id from told as t)
        for no key update skip locked
    ),

    updated as (
        update public.system_incident as i
        set reason = t.reason, updated_by = 'engine', update_note = null
        from told as t
        join free as f using (host_name, incident_id)
        where i.host_name = t.host_name and i.incident_id = t.incident_id
        returning i.host_name, i.incident_id, t.since, t.was, t.reason
    )

    insert into incident.timeline (host_name, incident_id, happened_at, event, from_value, to_value, operator)
    select u.host_name, u.incident_id, u.since, 'reason_changed', u.was, u.reason, 'engine'
    from updated as u
    order by u.incident_id;
end
$$;

comment on function incident_engine.update_reasons(incident_engine.touch[]) is
'Writes into the system incidents around what changed what is wrong now, or was last, and into their timeline that it changed.';

revoke all on function incident_engine.update_reasons(incident_engine.touch[]) from public;
