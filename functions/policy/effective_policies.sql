create or replace function incident_engine.effective_policies(subjects incident_engine.touch[], components text[])
returns table (host_name text, device_name text, capture_folder text, component text, policy incident.policy)
language plpgsql
stable
rows 1000
set search_path = pg_catalog, pg_temp
set jit = off
set enable_nestloop = off
as $$
#variable_conflict use_column
begin
    return query
    with subject as (
        select distinct s.host_name, s.device_name, s.capture_folder from unnest(subjects) as s
    ),

    -- Resolved once for each scope that has a row, however many devices are in it.
    scope as materialized (
        select p.*
        from incident_engine.scope_policies(array(select distinct s.host_name from subject as s), components) as p
    )

    select s.host_name, s.device_name, s.capture_folder, a.component, coalesce(d.policy, h.policy, a.policy)
    from subject as s
    cross join (select w.component, w.policy from scope as w where w.host_name is null) as a
    left join scope as h
        on h.host_name = s.host_name and h.device_name is null and h.component is not distinct from a.component
    left join scope as d
        on d.host_name = s.host_name
        and d.device_name = s.device_name
        and d.capture_folder = s.capture_folder
        and d.component is not distinct from a.component;
end
$$;

comment on function incident_engine.effective_policies(incident_engine.touch[], text[]) is
'effective_policy of the components of many devices (or of hosts: device_name null), in one pass. A null component asks for the '
'whole device.';

revoke all on function incident_engine.effective_policies(incident_engine.touch[], text[]) from public;
grant execute on function incident_engine.effective_policies(incident_engine.touch[], text[]) to incident_viewer;
