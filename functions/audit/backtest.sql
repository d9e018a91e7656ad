create or replace function incident.backtest(
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
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    incidents_recorded bigint,
    incidents_simulated bigint,
    minutes_recorded integer,
    minutes_simulated integer,
    pages_recorded bigint,
    pages_simulated bigint,
    pages_saved bigint
)
language sql
volatile
security definer
set search_path = pg_catalog, pg_temp
begin atomic
    with told as (
        select
            r.*,
            extract(epoch from least(r.resolved_at, window_end) - r.detected_at) as seconds
        from incident_engine.backtest_records(
                row(
                    null, backtest.host_name, backtest.device_name, backtest.capture_folder, backtest.component,
                    backtest.sample_interval, backtest.no_data_after, null, backtest.open_after,
                    backtest.resolve_after, backtest.reopen_within, backtest.flapping_start_percent,
                    backtest.flapping_stop_percent, backtest.new_device_grace, backtest.cpu_percent_limit,
                    backtest.cpu_samples, backtest.memory_percent_limit, backtest.memory_samples,
                    backtest.disk_percent_limit, backtest.disk_samples, backtest.temperature_celsius_limit,
                    backtest.temperature_samples, null, null, null
                )::incident.policy,
                window_start,
                window_end
            ) as r
    ),

    counted as (
        select
            t.host_name,
            t.device_name,
            t.capture_folder,
            t.component,
            count(*) filter (where not t.simulated) as incidents_recorded,
            count(*) filter (where t.simulated) as incidents_simulated,
            floor(coalesce(sum(t.seconds) filter (where not t.simulated), 0) / 60)::integer as minutes_recorded,
            floor(coalesce(sum(t.seconds) filter (where t.simulated), 0) / 60)::integer as minutes_simulated,
            count(*) filter (where not t.simulated and t.is_announced) as pages_recorded,
            count(*) filter (where t.simulated and t.is_announced) as pages_simulated
        from told as t
        group by t.host_name, t.device_name, t.capture_folder, t.component
    )

    select
        c.*,
        c.pages_recorded - c.pages_simulated as pages_saved
    from counted as c
    order by
        c.pages_recorded - c.pages_simulated desc,
        c.host_name,
        c.device_name asc,
        c.capture_folder asc,
        c.component asc;
end;

comment on function incident.backtest(
    text, text, text, text, interval, interval, interval, interval, interval, numeric, numeric, interval,
    numeric, integer, numeric, integer, numeric, integer, numeric, integer, timestamptz, timestamptz
) is
'What would the incidents of a window have looked like with another policy? Takes the settings of set_policy, of which those not '
'named stay as they are, and the window, by default the last 30 days. Folds the real samples with them, host by host, and rolls each '
'back: nothing changes, but numbers of incidents are used up, and the writers of a host wait while it is its turn. A row per device '
'and component that has incidents recorded or simulated (with this policy): their number, whole minutes within the window, '
'and pages, that is incidents that maintenance does not cover; what saves most first. backtest_incidents lists them. Errors: 22023 '
'for a policy or window that makes no sense, 55P03 when another transaction holds a host for over 5 seconds.';

revoke all on function incident.backtest(
    text, text, text, text, interval, interval, interval, interval, interval, numeric, numeric, interval,
    numeric, integer, numeric, integer, numeric, integer, numeric, integer, timestamptz, timestamptz
) from public;
grant execute on function incident.backtest(
    text, text, text, text, interval, interval, interval, interval, interval, numeric, numeric, interval,
    numeric, integer, numeric, integer, numeric, integer, numeric, integer, timestamptz, timestamptz
) to incident_admin;
