create or replace function incident_engine.backtest_host(
    host text, changes incident.policy, window_start timestamptz, window_end timestamptz
)
returns table (
    simulated boolean,
    device_name text,
    capture_folder text,
    component text,
    severity text,
    detected_at timestamptz,
    resolved_at timestamptz,
    is_announced boolean
)
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    -- A variable outlives the block that is rolled back.
    found_incidents jsonb;
begin
    begin
        -- In the order of set_policy: first policy, then the host.
        lock table incident.policy in share row exclusive mode;
        perform incident_engine.lock_hosts(array[host]);
        found_incidents := incident_engine.incidents_of_host(host, window_start, window_end, false);
        perform incident_engine.merge_policy(changes);
        -- A day before and after: what was going on at the ends of the window.
        perform incident_engine.fold(array_agg((
            host, t.device_name, t.capture_folder, window_start - interval '1 day', t.to_time
        )::incident_engine.touch))
        from (
            select d.device_name, d.capture_folder, window_end + interval '1 day' as to_time
            from incident.device as d
            where
                d.host_name = host
                and coalesce(d.device_name = changes.device_name, changes.device_name is null)
                and coalesce(d.capture_folder = changes.capture_folder, changes.capture_folder is null)
            union all
            select '', '', 'infinity' -- the host itself
        ) as t;
        found_incidents := found_incidents || incident_engine.incidents_of_host(host, window_start, window_end, true);
        raise sqlstate 'IN901';
    exception
        when sqlstate 'IN901' then null; -- nothing has happened
    end;

    return query
    select f.simulated, f.device_name, f.capture_folder, f.component, f.severity, f.detected_at, f.resolved_at, f.is_announced
    from jsonb_to_recordset(found_incidents) as f (
        simulated boolean, device_name text, capture_folder text, component text, severity text, detected_at timestamptz,
        resolved_at timestamptz, is_announced boolean
    )
    where
        coalesce(f.device_name = changes.device_name, changes.device_name is null)
        and coalesce(f.capture_folder = changes.capture_folder, changes.capture_folder is null)
        and coalesce(f.component = changes.component, changes.component is null);
end
$$;

comment on function incident_engine.backtest_host(text, incident.policy, timestamptz, timestamptz) is
'The incidents of a host detected in a window, as they are and (simulated) as they would be with another policy: sets it, folds the '
'samples of the window again and rolls back. Writers of the host wait meanwhile. Errors: 22023 for a policy that makes no sense, '
'55P03 when another transaction holds the host for over 5 seconds.';

revoke all on function incident_engine.backtest_host(text, incident.policy, timestamptz, timestamptz) from public;
