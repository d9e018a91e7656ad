create or replace function incident_engine.write_policy(wanted incident.policy)
returns incident.policy
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    written incident.policy;
begin
    perform incident_engine.check_silence(
        wanted.host_name, wanted.device_name, wanted.capture_folder, wanted.sample_interval, wanted.no_data_after
    );
    insert into incident.policy as p (
        host_name, device_name, capture_folder, component, sample_interval, no_data_after, sla_target, open_after,
        resolve_after, reopen_within, flapping_start_percent, flapping_stop_percent, new_device_grace, cpu_percent_limit,
        cpu_samples, memory_percent_limit, memory_samples, disk_percent_limit, disk_samples, temperature_celsius_limit,
        temperature_samples, close_after, unknown_after
    )
    values (
        wanted.host_name, wanted.device_name, wanted.capture_folder, wanted.component, wanted.sample_interval,
        wanted.no_data_after, wanted.sla_target, wanted.open_after, wanted.resolve_after, wanted.reopen_within,
        wanted.flapping_start_percent, wanted.flapping_stop_percent, wanted.new_device_grace, wanted.cpu_percent_limit,
        wanted.cpu_samples, wanted.memory_percent_limit, wanted.memory_samples, wanted.disk_percent_limit,
        wanted.disk_samples, wanted.temperature_celsius_limit, wanted.temperature_samples, wanted.close_after,
        wanted.unknown_after
    )
    on conflict on constraint policy_scope_is_unique do update
    set sample_interval = excluded.sample_interval,
        no_data_after = excluded.no_data_after,
        sla_target = excluded.sla_target,
        open_after = excluded.open_after,
        resolve_after = excluded.resolve_after,
        reopen_within = excluded.reopen_within,
        flapping_start_percent = excluded.flapping_start_percent,
        flapping_stop_percent = excluded.flapping_stop_percent,
        new_device_grace = excluded.new_device_grace,
        cpu_percent_limit = excluded.cpu_percent_limit,
        cpu_samples = excluded.cpu_samples,
        memory_percent_limit = excluded.memory_percent_limit,
        memory_samples = excluded.memory_samples,
        disk_percent_limit = excluded.disk_percent_limit,
        disk_samples = excluded.disk_samples,
        temperature_celsius_limit = excluded.temperature_celsius_limit,
        temperature_samples = excluded.temperature_samples,
        close_after = excluded.close_after,
        unknown_after = excluded.unknown_after
    returning p.* into written;
    return written;
end
$$;

comment on function incident_engine.write_policy(incident.policy) is
'Writes the policy row of a scope with exactly these values. Errors: 22023 when the policies then make no sense together.';

revoke all on function incident_engine.write_policy(incident.policy) from public;
