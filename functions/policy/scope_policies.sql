create or replace function incident_engine.scope_policies(host_names text[], components text[])
returns table (host_name text, device_name text, capture_folder text, component text, policy incident.policy)
language plpgsql
stable
rows 10
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select s.host_name, s.device_name, s.capture_folder, c.component,
        incident_engine.effective_policy(s.host_name, s.device_name, s.capture_folder, c.component)
    from (
        select distinct p.host_name, p.device_name, p.capture_folder
        from incident.policy as p
        where p.host_name is null or p.host_name = any (host_names) or host_names is null
    ) as s
    cross join unnest(components) as c (component);
end
$$;

comment on function incident_engine.scope_policies(text[], text[]) is
'effective_policy of each scope that has a row of its own (all, a host, a device), however many devices are in it. What applies to '
'a device is that of the most specific scope it is in. host_names: null for every host''s.';

revoke all on function incident_engine.scope_policies(text[], text[]) from public;
grant execute on function incident_engine.scope_policies(text[], text[]) to incident_viewer;
