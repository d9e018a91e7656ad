create or replace function incident_engine.effective_policy(
    host_name text, device_name text, capture_folder text, component text
)
returns incident.policy
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set intervalstyle = 'postgres'
as $$
declare
    scope incident.policy;
    effective incident.policy;
begin
    -- From the widest to the most specific: all before host before device, and a row for any component before one for this.
    for scope in
        select p.*
        from incident.policy as p
        where
            (
                p.host_name is null and p.site = incident_engine.site_of(effective_policy.host_name)
                or p.host_name = effective_policy.host_name
            )
            and (p.device_name is null or p.device_name = effective_policy.device_name)
            and (p.capture_folder is null or p.capture_folder = effective_policy.capture_folder)
            and (p.component is null or p.component = effective_policy.component)
        order by p.device_name is not null, p.host_name is not null, p.component is not null
    loop
        effective := case
            when effective.policy_id is null then scope
            else jsonb_populate_record(effective, jsonb_strip_nulls(to_jsonb(scope)))
        end;
    end loop;
    effective.policy_id := null;
    effective.host_name := effective_policy.host_name;
    effective.device_name := effective_policy.device_name;
    effective.capture_folder := effective_policy.capture_folder;
    effective.component := effective_policy.component;
    return effective;
end
$$;

comment on function incident_engine.effective_policy(text, text, text, text) is
'What applies to a component of a device: value by value that of the most specific scope that has one. Nulls ask for the whole: '
'(host, null, null, ''system'') is the host itself. For many devices at once ask effective_policies.';

revoke all on function incident_engine.effective_policy(text, text, text, text) from public;
grant execute on function incident_engine.effective_policy(text, text, text, text) to incident_viewer;
