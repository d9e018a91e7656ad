create or replace function incident_engine.policy_scopes(
    host_name text, device_name text, capture_folder text, component text
)
returns setof incident.policy
language sql
stable
rows 2
set search_path = pg_catalog, pg_temp
begin atomic
    select p.*
    from incident.policy as p
    where
        (
            p.host_name is null and p.site = incident_engine.site_of(policy_scopes.host_name)
            or p.host_name = policy_scopes.host_name
        )
        and (p.device_name is null or p.device_name = policy_scopes.device_name)
        and (p.capture_folder is null or p.capture_folder = policy_scopes.capture_folder)
        and (p.component is null or p.component = policy_scopes.component)
    order by p.device_name is not null, p.host_name is not null, p.component is not null;
end;

comment on function incident_engine.policy_scopes(text, text, text, text) is
'The policy rows that apply to a component of a device, from the widest to the most specific: all before host before device, and '
'a row for any component before one for this. Nulls ask for the whole: (host, null, null, ''system'') is the host itself.';

revoke all on function incident_engine.policy_scopes(text, text, text, text) from public;
grant execute on function incident_engine.policy_scopes(text, text, text, text) to incident_viewer;
