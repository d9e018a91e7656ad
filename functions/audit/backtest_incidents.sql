create or replace function incident.backtest_incidents(
    host_name text default null,
    device_name text default null,
    capture_folder text default null,
    component text default null,
    sample_interval interval default null,
    no_data_after interval default null,
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
    window_start timestamptz default now() - interval '30 days',
    window_end timestamptz default now()
)
returns table (
    change text,
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    detected_at timestamptz,
    resolved_recorded timestamptz,
    resolved_simulated timestamptz,
    severity_recorded text,
    severity_simulated text
)
language sql
volatile
security definer
set search_path = pg_catalog, pg_temp
begin atomic
    with told as materialized (
        select r.*
        from incident_engine.backtest_records(
                row(
                    null, backtest_incidents.host_name, backtest_incidents.device_name,
                    backtest_incidents.capture_folder, backtest_incidents.component,
                    backtest_incidents.sample_interval, backtest_incidents.no_data_after, null,
                    backtest_incidents.open_after, backtest_incidents.resolve_after,
                    backtest_incidents.reopen_within, backtest_incidents.flapping_start_percent,
                    backtest_incidents.flapping_stop_percent, backtest_incidents.new_device_grace,
                    backtest_incidents.cpu_percent_limit, backtest_incidents.cpu_samples,
                    backtest_incidents.memory_percent_limit, backtest_incidents.memory_samples,
                    backtest_incidents.disk_percent_limit, backtest_incidents.disk_samples,
                    backtest_incidents.temperature_celsius_limit, backtest_incidents.temperature_samples, null, null,
                    null
                )::incident.policy,
                window_start,
                window_end
            ) as r
    ),

    recorded as (
        select t.* from told as t
        where not t.simulated
    ),

    simulated as (
        select t.* from told as t
        where t.simulated
    )

    select
        case
            when r.simulated is null then 'added'
            when s.simulated is null then 'vanished'
            else 'changed'
        end as change,
        host_name,
        device_name,
        capture_folder,
        component,
        detected_at,
        r.resolved_at as resolved_recorded,
        s.resolved_at as resolved_simulated,
        r.severity as severity_recorded,
        s.severity as severity_simulated
    from recorded as r
    full join simulated as s using (host_name, device_name, capture_folder, component, detected_at)
    where (r.resolved_at, r.severity) is distinct from (s.resolved_at, s.severity)
        or r.simulated is null
        or s.simulated is null
    order by detected_at, host_name, device_name, capture_folder, component;
end;

comment on function incident.backtest_incidents(
    text, text, text, text, interval, interval, interval, interval, interval, numeric, numeric, interval,
    numeric, integer, numeric, integer, numeric, integer, numeric, integer, timestamptz, timestamptz
) is
'The incidents that differ in a backtest, in order of detection: those that the policy would have added, those that would not have '
'been (vanished), and those that would have ended at another time or with another severity (changed). Parameters, cost and errors '
'as of backtest.';

revoke all on function incident.backtest_incidents(
    text, text, text, text, interval, interval, interval, interval, interval, numeric, numeric, interval,
    numeric, integer, numeric, integer, numeric, integer, numeric, integer, timestamptz, timestamptz
) from public;
grant execute on function incident.backtest_incidents(
    text, text, text, text, interval, interval, interval, interval, interval, numeric, numeric, interval,
    numeric, integer, numeric, integer, numeric, integer, numeric, integer, timestamptz, timestamptz
) to incident_admin;
