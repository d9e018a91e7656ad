-- Inlined into the query that calls it; that is why no search_path is pinned; the body is bound when it is created.
create or replace function incident.response_times(
    window_start timestamptz default now() - interval '30 days',
    window_end timestamptz default now(),
    by text default 'fleet',
    as_of timestamptz default now()
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    severity text,
    operator text,
    incidents bigint,
    acknowledged bigint,
    mtta_seconds numeric,
    mtta_median_seconds numeric,
    mtta_p95_seconds numeric,
    resolved bigint,
    mttr_seconds numeric,
    mttr_median_seconds numeric,
    mttr_p95_seconds numeric,
    still_open bigint,
    waiting bigint,
    never_acknowledged bigint,
    mttr_at_least_seconds numeric
)
language sql
stable
rows 100
begin atomic
    with scoped as (
        select
            case when by in ('host', 'device') then i.host_name end as host_name,
            case when by = 'device' then i.device_name end as device_name,
            case when by = 'device' then i.capture_folder end as capture_folder,
            case when by = 'component' then i.component end as component,
            case when by = 'severity' then i.severity end as severity,
            case when by = 'operator' then i.acknowledged_by end as operator,
            i.seconds_to_acknowledge,
            i.seconds_to_resolve,
            i.seconds_so_far
        from incident_engine.reported_incident(window_start, window_end, as_of) as i
    ),

    -- The median of an even number of values is the mean of the middle two: the lower from below and from above.
    measured as (
        select
            s.host_name,
            s.device_name,
            s.capture_folder,
            s.component,
            s.severity,
            s.operator,
            count(*) as incidents,
            count(s.seconds_to_acknowledge) as acknowledged,
            round(avg(s.seconds_to_acknowledge), 6) as mtta,
            percentile_disc(0.5) within group (order by s.seconds_to_acknowledge) as mtta_lower_median,
            percentile_disc(0.5) within group (order by s.seconds_to_acknowledge desc) as mtta_upper_median,
            percentile_disc(0.95) within group (order by s.seconds_to_acknowledge) as mtta_p95,
            count(s.seconds_to_resolve) as resolved,
            round(avg(s.seconds_to_resolve), 6) as mttr,
            percentile_disc(0.5) within group (order by s.seconds_to_resolve) as mttr_lower_median,
            percentile_disc(0.5) within group (order by s.seconds_to_resolve desc) as mttr_upper_median,
            percentile_disc(0.95) within group (order by s.seconds_to_resolve) as mttr_p95,
            count(*) filter (where s.seconds_to_resolve is null) as still_open,
            count(*) filter (where s.seconds_to_resolve is null and s.seconds_to_acknowledge is null) as waiting,
            count(*) filter (where s.seconds_to_acknowledge is null and s.seconds_to_resolve >= 0)
                as never_acknowledged,
            round(avg(s.seconds_so_far), 6) as mttr_at_least
        from scoped as s
        group by s.host_name, s.device_name, s.capture_folder, s.component, s.severity, s.operator
    )

    select
        m.host_name,
        m.device_name,
        m.capture_folder,
        m.component,
        m.severity,
        m.operator,
        m.incidents,
        m.acknowledged,
        m.mtta,
        round((m.mtta_lower_median + m.mtta_upper_median) / 2, 6) as mtta_median_seconds,
        m.mtta_p95,
        m.resolved,
        m.mttr,
        round((m.mttr_lower_median + m.mttr_upper_median) / 2, 6) as mttr_median_seconds,
        m.mttr_p95,
        m.still_open,
        m.waiting,
        m.never_acknowledged,
        m.mttr_at_least
    from measured as m
    where (
        select incident_engine.check_report(
            window_start, window_end, as_of, by,
            array['fleet', 'host', 'device', 'component', 'severity', 'operator']
        )
    )
    order by
        m.host_name, m.device_name, m.capture_folder, m.component, incident.severity_rank(m.severity), m.operator;
end;

comment on function incident.response_times(timestamptz, timestamptz, text, timestamptz) is
'How fast were people and systems? MTTA and MTTR of the incidents detected in a window, by default the last 30 days, as they stood '
'at as_of. by: fleet, host, device, component, severity or operator (who acknowledged; null for what nobody did). Retracted '
'incidents are left out. MTTA is the mean time from detection to acknowledgement, over the acknowledged ones (a usual metric of '
'on-call tools; ITIL has none). MTTR is the mean time from detection to resolution, over the resolved ones: the mean time to '
'restoration of IEC 60050-192 counted from detection, in ITIL the mean time to restore service. Each also as median, and as p95, '
'the shortest time that 95 percent of them did not exceed (nearest rank). In seconds, means and medians rounded to the '
'microsecond. What is not over yet is counted, not dropped: incidents = resolved + still_open, and = acknowledged + waiting (open, '
'nobody on it) + never_acknowledged (recovered by itself); mttr_at_least_seconds is the mean with each open one taken as resolved at '
'as_of, so that the true mean will not be less. Errors: 22023.';

revoke all on function incident.response_times(timestamptz, timestamptz, text, timestamptz) from public;
grant execute on function incident.response_times(timestamptz, timestamptz, text, timestamptz) to incident_viewer;
