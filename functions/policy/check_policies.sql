create or replace function incident_engine.check_policies()
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    perform incident_engine.check_silence(p.host_name, p.device_name, p.capture_folder, e.sample_interval, e.no_data_after)
    from incident.policy as p
    cross join lateral incident_engine.effective_policy(
        p.host_name, p.device_name, p.capture_folder, p.component
    ) as e;
end
$$;

comment on function incident_engine.check_policies() is
'Refuses policy rows that make no sense together, each with what it takes over from wider scopes. Errors: 22023.';

revoke all on function incident_engine.check_policies() from public;
