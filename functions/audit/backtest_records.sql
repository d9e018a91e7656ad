create or replace function incident_engine.backtest_records(
    changes incident.policy, window_start timestamptz, window_end timestamptz
)
returns table (
    host_name text,
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
    samples_from constant timestamptz := incident_engine.samples_from();
    host text;
begin
    if window_start is null or window_end is null or not window_start < window_end then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'a window needs a start and a later end, but window_start is %s and window_end %s',
                coalesce(window_start::text, 'null'), coalesce(window_end::text, 'null')
            ),
            hint = 'Leave both out for the last 30 days.';
    end if;
    if window_start < samples_from then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('there are no samples to look at from %s on', window_start),
            detail = format('Samples before %s have been removed, or were never believed.', samples_from),
            hint = 'Start the window later.';
    end if;
    perform incident_engine.check_policy(changes);

    for host in
        select d.host_name
        from incident.device as d
        where
            coalesce(d.host_name = changes.host_name, changes.host_name is null)
            and coalesce(d.device_name = changes.device_name, changes.device_name is null)
            and coalesce(d.capture_folder = changes.capture_folder, changes.capture_folder is null)
        group by d.host_name
        order by d.host_name
    loop
        return query
        select host, b.*
        from incident_engine.backtest_host(host, changes, window_start, window_end) as b;
    end loop;
end
$$;

comment on function incident_engine.backtest_records(incident.policy, timestamptz, timestamptz) is
'backtest_host for every host that a policy is about, one after the other. Errors: 22023, 55P03.';

revoke all on function incident_engine.backtest_records(incident.policy, timestamptz, timestamptz) from public;
