create or replace function incident.sla_report(
    window_start timestamptz default null,
    window_end timestamptz default null,
    count_no_data boolean default true,
    by text default 'device',
    as_of timestamptz default now(),
    month text default null,
    period text default null,
    time_zone text default 'UTC'
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    target_percent numeric,
    availability_percent numeric,
    compliant boolean,
    sla_status text,
    allowed_downtime_seconds numeric,
    downtime_seconds numeric,
    budget_left_seconds numeric,
    budget_left_percent numeric,
    burn_rate_1h numeric,
    burn_rate_6h numeric,
    burn_rate_3d numeric,
    projected_exhaustion timestamptz,
    up_seconds numeric,
    counted_seconds numeric,
    unknown_seconds numeric,
    coverage_percent numeric,
    devices bigint,
    device_id text,
    burn_rate_5m numeric,
    burn_rate_30m numeric,
    period_start timestamptz,
    period_end timestamptz
)
language plpgsql
stable
security definer
rows 1000
set search_path = pg_catalog, pg_temp
-- Plans that know the times: most of what is known is older.
set plan_cache_mode = force_custom_plan
set jit = off
set enable_mergejoin = off -- puts names into order by the rules of a language
set work_mem = '32MB'
as $$
#variable_conflict use_column
declare
    reported constant tstzrange := incident_engine.report_period(
        sla_report.window_start, sla_report.window_end, sla_report.month, sla_report.period, sla_report.time_zone,
        sla_report.as_of
    );
    starts constant timestamptz := lower(reported);
    ends constant timestamptz := upper(reported);
begin
    perform incident_engine.check_report(
        starts, ends, sla_report.as_of, sla_report.by, array['device', 'component', 'host', 'fleet']
    );
    return query
    select
        l.host_name,
        l.device_name,
        l.capture_folder,
        l.component,
        l.target_percent,
        l.availability_percent,
        case when l.counted > 0 then l.lost <= l.allowed end,
        incident_engine.sla_status(l.availability_percent, l.target_percent),
        l.allowed,
        l.lost,
        l.allowed - l.lost,
        case
            when l.counted = 0 then null
            when l.allowed > 0 then incident_engine.round_down(100 * (l.allowed - l.lost) / l.allowed, 4)
            when l.lost > 0 then '-Infinity'
            else 0.0000
        end,
        l.burn_rate_1h,
        l.burn_rate_6h,
        l.burn_rate_3d,
        coalesce(
            l.ran_out_at,
            case
                when l.seconds_left < extract(epoch from ends - sla_report.as_of)
                    then sla_report.as_of + make_interval(secs => l.seconds_left::double precision)
            end
        ),
        l.up,
        l.counted,
        l.unknown,
        l.coverage_percent,
        l.devices,
        l.device_id,
        l.burn_rate_5m,
        l.burn_rate_30m,
        starts,
        ends
    from incident_engine.budget_line(
            starts, ends, sla_report.count_no_data, sla_report.by, sla_report.as_of
        ) as l
    order by l.host_name, l.device_name, l.capture_folder, l.component;
end
$$;

comment on function incident.sla_report(timestamptz, timestamptz, boolean, text, timestamptz, text, text, text) is
'Do we keep what we promised, and how much may still go wrong? By default for the present calendar month of time_zone (UTC); month => '
'''2026-10'', period => ''last month'' (see incident_engine.period_of) or both edges name another time. by: device, component, host or '
'fleet. target_percent: sla_target of the most specific incident.policy row. availability_percent, sla_status, coverage_percent: as in '
'incident.availability, for what has passed. The error budget (Google, Site Reliability Engineering, chapter 3) is what the target '
'allows to be lost: allowed_downtime_seconds = (100 - target) percent of the counted time (up, down, no_data unless count_no_data is '
'false) and of what is still to come, less the maintenance planned in it. downtime_seconds = down + no_data. budget_left_seconds = '
'allowed - downtime, negative when overspent; budget_left_percent = that of allowed, rounded down; a target of 100 has a budget of 0, '
'of which -Infinity is left when anything was lost. compliant: nothing is overspent, so that the target is kept, or still can be. '
'burn_rate_5m, _30m, _1h, _6h, _3d (Google, The Site Reliability Workbook, chapter 5): the part lost of so much time before as_of, or '
'the end, divided by the part that may be lost; 1 spends exactly the budget; time before a device''s first sample counts as good. For a '
'30 day window the workbook pages at 14.4 over 1 h and 5 min and at 6 over 6 h and 30 min, and opens a ticket at 1 over 3 d and 6 h. '
'projected_exhaustion: when the budget ran out, or runs out if things go on as in the last 3 days; null when it outlasts its window. '
'Null where nothing was counted. Errors: 22023.';

revoke all on function
incident.sla_report(timestamptz, timestamptz, boolean, text, timestamptz, text, text, text) from public;
grant execute on function
incident.sla_report(timestamptz, timestamptz, boolean, text, timestamptz, text, text, text) to incident_viewer;
