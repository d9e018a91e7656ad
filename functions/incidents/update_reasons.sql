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
        cross join lateral (
            select k.*
            from public.system_incident as k
            where
                (k.host_name, k.device_name, k.capture_folder, k.component)
                = (c.host_name, c.device_name, c.capture_folder, 'system')
                and k.retracted_at is null
                and not k.as_recorded
                and coalesce(k.resolved_at, 'infinity') >= c.from_time
                and k.detected_at <= c.to_time
            offset 0
        ) as i
        cross join lateral incident_engine.incident_reason(
            i.host_name, i.device_name, i.capture_folder, i.detected_at, i.resolved_at
        ) as r
        where i.reason is distinct from r.reason
    ),

    -- Nobody waits for a person; what somebody holds is told of when its reason changes next.
    free as (
        select t.*
        from told as t
        cross join lateral (
            select
            from public.system_incident as k
            where k.incident_id = t.incident_id and k.host_name = t.host_name
            for no key update skip locked
        ) as k
    ),

    updated as (
        update public.system_incident as i
        set reason = f.reason, updated_by = 'engine', update_note = null
        from free as f
        where i.host_name = f.host_name and i.incident_id = f.incident_id
        returning i.host_name, i.incident_id, f.since, f.was, f.reason
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
