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
    for scope in
        select s.* from incident_engine.policy_scopes(host_name, device_name, capture_folder, component) as s
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
'What applies to a component of a device: value by value that of the most specific of its policy_scopes that has one. For many '
'devices at once ask effective_policies.';

revoke all on function incident_engine.effective_policy(text, text, text, text) from public;
grant execute on function incident_engine.effective_policy(text, text, text, text) to incident_viewer;
