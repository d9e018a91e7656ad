create or replace function incident_engine.to_recheck(host_names text[])
returns incident_engine.touch[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set jit = off
-- What is joined here has no statistics; tables are looked up laterally, by their keys.
set enable_nestloop = off
set enable_hashjoin = on
as $$
begin
    return (
        with state as (
            select s.*
            from unnest(host_names) as h (name)
            cross join lateral (
                select c.*
                from incident.system_state as c
                where c.host_name = h.name and c.ended_at = 'infinity'
                offset 0
            ) as s
        ),

        active as (
            select i.*
            from unnest(host_names) as h (name)
            cross join lateral (
                select n.host_name, n.device_name, n.capture_folder, n.incident_id, n.flapping_since
                from public.system_incident as n
                where n.host_name = h.name and n.component = 'system' and n.status in ('open', 'in_progress') and not n.as_recorded
                offset 0
            ) as i
        )

        select array_agg((s.host_name, s.device_name, s.capture_folder, s.started_at, 'infinity')::incident_engine.touch)
        from state as s
        left join active as i using (host_name, device_name, capture_folder)
        where
            case
                when s.severity is not null then i.incident_id is null or i.flapping_since is not null
                when s.status in ('reporting', 'retired') then i.incident_id is not null
            end
    );
end
$$;

comment on function incident_engine.to_recheck(text[]) is
'Hosts and devices of these hosts that fail without an active incident, report with one, or flap: policy lets them wait, or an operator '
'acted, and the next missed signal may decide.';

revoke all on function incident_engine.to_recheck(text[]) from public;
