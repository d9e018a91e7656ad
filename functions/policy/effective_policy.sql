create or replace function incident_engine.effective_policy(
    host_name text, device_name text, capture_folder text, component text
)
returns incident.policy
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    scope incident.policy;
    effective incident.policy;
begin
    -- Asked for several times in every fold, and mostly there is one row.
    for scope in
        select p.*
        from incident.policy as p
        where
            (p.host_name is null or p.host_name = effective_policy.host_name)
            and (p.device_name is null or p.device_name = effective_policy.device_name)
            and (p.capture_folder is null or p.capture_folder = effective_policy.capture_folder)
            and (p.component is null or p.component = effective_policy.component)
        order by
            (p.host_name is not null)::integer + (p.device_name is not null)::integer desc,
            p.component is null
    loop
        if effective.policy_id is null then
            effective := scope;
        else
            effective.sample_interval := coalesce(effective.sample_interval, scope.sample_interval);
            effective.no_data_after := coalesce(effective.no_data_after, scope.no_data_after);
            effective.sla_target := coalesce(effective.sla_target, scope.sla_target);
            effective.open_after := coalesce(effective.open_after, scope.open_after);
            effective.resolve_after := coalesce(effective.resolve_after, scope.resolve_after);
            effective.reopen_within := coalesce(effective.reopen_within, scope.reopen_within);
            effective.flapping_start_percent := coalesce(effective.flapping_start_percent, scope.flapping_start_percent);
            effective.flapping_stop_percent := coalesce(effective.flapping_stop_percent, scope.flapping_stop_percent);
            effective.new_device_grace := coalesce(effective.new_device_grace, scope.new_device_grace);
            effective.cpu_percent_limit := coalesce(effective.cpu_percent_limit, scope.cpu_percent_limit);
            effective.cpu_samples := coalesce(effective.cpu_samples, scope.cpu_samples);
            effective.memory_percent_limit := coalesce(effective.memory_percent_limit, scope.memory_percent_limit);
            effective.memory_samples := coalesce(effective.memory_samples, scope.memory_samples);
            effective.disk_percent_limit := coalesce(effective.disk_percent_limit, scope.disk_percent_limit);
            effective.disk_samples := coalesce(effective.disk_samples, scope.disk_samples);
            effective.temperature_celsius_limit := coalesce(effective.temperature_celsius_limit, scope.temperature_celsius_limit);
            effective.temperature_samples := coalesce(effective.temperature_samples, scope.temperature_samples);
            effective.close_after := coalesce(effective.close_after, scope.close_after);
        end if;
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
'What applies to a component of a device: value by value that of the most specific policy row that has one; device before host '
'before all, and a row for the component before one for any. Nulls ask for the whole: (host, null, null, ''system'') is the host itself.';

revoke all on function incident_engine.effective_policy(text, text, text, text) from public;
grant execute on function incident_engine.effective_policy(text, text, text, text) to incident_viewer;
