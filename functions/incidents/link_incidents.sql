create or replace function incident_engine.link_incidents(host_names text[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    with told as (
        select d.host_name, d.incident_id, d.part_of as was, i.incident_id as part_of,
            greatest(h.state_started_at, d.detected_at) as happened_at
        from unnest(host_names) as n (host_name)
        cross join lateral (select k.* from incident.host as k where k.host_name = n.host_name offset 0) as h
        cross join lateral (
            select k.host_name, k.incident_id, k.part_of, k.detected_at
            from public.system_incident as k
            where
                k.host_name = n.host_name
                and k.status in ('open', 'in_progress')
                and (k.device_name, k.capture_folder) <> (n.host_name, 'host')
            offset 0
        ) as d
        left join lateral (
            select k.incident_id
            from public.system_incident as k
            where
                (k.host_name, k.device_name, k.capture_folder, k.component) = (n.host_name, n.host_name, 'host', 'system')
                and k.status in ('open', 'in_progress')
                and h.status = 'silent'
            offset 0
        ) as i on true
        where d.part_of is distinct from i.incident_id
    ),

    -- Nobody waits for a person; what somebody holds is linked by the host's next fold.
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
        set part_of = f.part_of, updated_by = 'engine', update_note = null
        from free as f
        where i.host_name = f.host_name and i.incident_id = f.incident_id
        returning i.host_name, i.incident_id, f.was, f.part_of, f.happened_at
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
