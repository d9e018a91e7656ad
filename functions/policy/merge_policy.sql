create or replace function incident_engine.merge_policy(changes incident.policy)
returns incident.policy
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set intervalstyle = 'postgres'
as $$
declare
    known incident.policy;
begin
    perform incident_engine.check_policy(changes);
    lock table incident.policy in share row exclusive mode;
    select p.*
    into known
    from incident.policy as p
    where
        p.site = incident_engine.own_site()
        and (p.host_name, p.device_name, p.capture_folder, p.component)
        is not distinct from (changes.host_name, changes.device_name, changes.capture_folder, changes.component);
    return incident_engine.write_policy(
        jsonb_populate_record(known, jsonb_strip_nulls(to_jsonb(changes)) - 'policy_id')
    );
end
$$;

comment on function incident_engine.merge_policy(incident.policy) is
'Sets what is not null for the scope and leaves the rest of it as it is. Returns the row. Errors: 22023.';

revoke all on function incident_engine.merge_policy(incident.policy) from public;
