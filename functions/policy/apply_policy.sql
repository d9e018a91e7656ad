create or replace function incident_engine.apply_policy(
    before incident.policy, after incident.policy, since timestamptz
)
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    -- The scope, and what decides neither history nor incidents.
    without_effect constant text[] := array[
        'policy_id', 'host_name', 'device_name', 'capture_folder', 'component', 'sla_target', 'close_after'
    ];
    host text;
    changed integer := 0;
begin
    if jsonb_strip_nulls(coalesce(to_jsonb(before), '{}') - without_effect)
        = jsonb_strip_nulls(to_jsonb(after) - without_effect)
    then
        return 0;
    end if;
    for host in
        select d.host_name
        from incident.device as d
        where
            coalesce(d.host_name = after.host_name, after.host_name is null)
            and coalesce(d.device_name = after.device_name, after.device_name is null)
            and coalesce(d.capture_folder = after.capture_folder, after.capture_folder is null)
        group by d.host_name
        order by incident_engine.host_lock(d.host_name), d.host_name
    loop
        begin
            changed := changed + (select count(*)::integer from incident.rebuild(host, since));
        exception
            when no_data_found then null; -- retention has removed all its samples: its history stays as it is
        end;
    end loop;
    return changed;
end
$$;

comment on function incident_engine.apply_policy(incident.policy, incident.policy, timestamptz) is
'Folds again what a change of a policy row concerns, host by host, from since on. Returns how many entries of history and '
'incidents changed. Errors: 55P03 when another transaction holds a host for over 5 seconds.';

revoke all on function incident_engine.apply_policy(incident.policy, incident.policy, timestamptz) from public;
