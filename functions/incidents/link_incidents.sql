create or replace function incident_engine.link_incidents(host_names text[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    with told as (
        select d.host_name, d.incident_id, d.part_of as was, i.incident_id as part_of, h.state_started_at, d.detected_at
        from incident.host as h
        join public.system_incident as d
            on d.host_name = h.host_name
            and d.status in ('open', 'in_progress')
            and (d.device_name, d.capture_folder) <> (h.host_name, 'host')
        left join public.system_incident as i
            on i.host_name = h.host_name
            and i.device_name = h.host_name
            and i.capture_folder = 'host'
            and i.component = 'system'
            and i.status in ('open', 'in_progress')
            and h.status = 'silent'
        where h.host_name = any (link_incidents.host_names) and d.part_of is distinct from i.incident_id
    ),

    -- Nobody waits for a person; what somebody holds is linked by the host's next fold.
    free as (
        select i.host_name, i.incident_id
        from public.system_incident as i
        where (i.host_name, i.incident_id) in (select t.host_name, t.incident_id from told as t)
        for no key update skip locked
    ),

    updated as (
        update public.system_incident as i
        set part_of = t.part_of, updated_by = 'engine', update_note = null
        from told as t
        join free as f using (host_name, incident_id)
        where i.host_name = t.host_name and i.incident_id = t.incident_id
        returning i.host_name, i.incident_id, t.was, t.part_of, greatest(t.state_started_at, t.detected_at) as happened_at
    )

    insert into incident.timeline (host_name, incident_id, happened_at, event, from_value, to_value, operator)
    select u.host_name, u.incident_id, u.happened_at, case when u.part_of is null then 'unlinked' else 'linked' end,
        'incident ' || u.was, 'incident ' || u.part_of, 'engine'
    from updated as u
    order by u.incident_id;
end
$$;

comment on function incident_engine.link_incidents(text[]) is
'While a host is silent, the active incidents of its silent devices are part of the host''s; when it is heard again they stand '
'alone. Incidents that are over keep their link.';

revoke all on function incident_engine.link_incidents(text[]) from public;
