create or replace function incident.set_policy(
    host_name text default null,
    device_name text default null,
    capture_folder text default null,
    component text default null,
    sample_interval interval default null,
    no_data_after interval default null,
    sla_target numeric default null,
    open_after interval default null,
    resolve_after interval default null,
    reopen_within interval default null,
    flapping_start_percent numeric default null,
    flapping_stop_percent numeric default null,
    new_device_grace interval default null,
    cpu_percent_limit numeric default null,
    cpu_samples integer default null,
    memory_percent_limit numeric default null,
    memory_samples integer default null,
    disk_percent_limit numeric default null,
    disk_samples integer default null,
    temperature_celsius_limit numeric default null,
    temperature_samples integer default null,
    close_after interval default null,
    unknown_after interval default null,
    refold_since timestamptz default '-infinity',
    operator text default incident.current_operator(),
    note text default null
)
returns incident.policy
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    changes constant incident.policy := row(
        null, host_name, device_name, capture_folder, component, sample_interval, no_data_after, sla_target,
        open_after, resolve_after, reopen_within, flapping_start_percent, flapping_stop_percent,
        new_device_grace, cpu_percent_limit, cpu_samples, memory_percent_limit, memory_samples,
        disk_percent_limit, disk_samples, temperature_celsius_limit, temperature_samples, close_after, unknown_after,
        null
    )::incident.policy;
begin
    perform incident_engine.begin_policy_change(changes, refold_since, operator, note);
    if to_jsonb(changes) = to_jsonb(row(
        null, changes.host_name, changes.device_name, changes.capture_folder, changes.component,
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null
    )::incident.policy) then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'there is nothing to set: every setting is null',
            hint = 'Name a setting, or take a value back with incident.unset_policy(''setting'').';
    end if;
    return incident_engine.merge_policy(changes);
end
$$;

comment on function incident.set_policy(
    text, text, text, text, interval, interval, numeric, interval, interval, interval, numeric, numeric,
    interval, numeric, integer, numeric, integer, numeric, integer, numeric, integer, interval, interval, timestamptz,
    text, text
) is
'Sets what counts, for all, a host, a device, or a component of these. What is left out stays as it is; the most specific scope '
'that has a value wins, value by value (policy_for shows them). History and incidents since refold_since, by default all, are '
'evaluated again by the new policy, in this transaction: it takes as long as reading the samples of the hosts concerned, and their writers '
'wait for each other meanwhile. infinity leaves the past as it is until something else folds it. Written to policy_change. '
'Percentages from 0 to 100, intervals as of the columns of policy. Returns the row of the scope. Errors: 22023 for nonsense, with '
'the rule it breaks, 22004 for nothing to set, 55P03 when another transaction holds a host for over 5 seconds.';

revoke all on function incident.set_policy(
    text, text, text, text, interval, interval, numeric, interval, interval, interval, numeric, numeric,
    interval, numeric, integer, numeric, integer, numeric, integer, numeric, integer, interval, interval, timestamptz,
    text, text
) from public;
grant execute on function incident.set_policy(
    text, text, text, text, interval, interval, numeric, interval, interval, interval, numeric, numeric,
    interval, numeric, integer, numeric, integer, numeric, integer, numeric, integer, interval, interval, timestamptz,
    text, text
) to incident_admin;
