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
            i.time_to_acknowledge,
            i.time_to_resolve,
            i.time_so_far
        from incident_engine.detected_incident(window_start, window_end, as_of) as i
    ),

    -- The median of an even number of values is the mean of the middle two; the one that a little more than half of all do
    -- not exceed is the upper. Sorted as floating point, several times as fast, which tells microseconds apart up to 30 years.
    measured as (
        select
            s.host_name,
            s.device_name,
            s.capture_folder,
            s.component,
            s.severity,
            s.operator,
            count(*) as incidents,
            count(s.time_to_acknowledge) as acknowledged,
            extract(epoch from sum(s.time_to_acknowledge)) as to_acknowledge,
            percentile_disc(array[0.5, 0.5 + 1e-9, 0.95]) within group (
                order by date_part('epoch', s.time_to_acknowledge)
            ) as mtta,
            count(s.time_to_resolve) as resolved,
            extract(epoch from sum(s.time_to_resolve)) as to_resolve,
            percentile_disc(array[0.5, 0.5 + 1e-9, 0.95]) within group (
                order by date_part('epoch', s.time_to_resolve)
            ) as mttr,
            count(*) filter (where s.time_to_resolve is null) as still_open,
            count(*) filter (where s.time_to_resolve is null and s.time_to_acknowledge is null) as waiting,
            count(*) filter (where s.time_to_acknowledge is null and s.time_to_resolve is not null)
                as never_acknowledged,
            extract(epoch from sum(s.time_so_far)) as so_far
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
        incident_engine.round_down(m.to_acknowledge / nullif(m.acknowledged, 0), 6) as mtta_seconds,
        incident_engine.round_down((m.mtta[1]::numeric + m.mtta[2]::numeric) / 2, 6) as mtta_median_seconds,
        incident_engine.round_down(m.mtta[3]::numeric, 6) as mtta_p95_seconds,
        m.resolved,
        incident_engine.round_down(m.to_resolve / nullif(m.resolved, 0), 6) as mttr_seconds,
        incident_engine.round_down((m.mttr[1]::numeric + m.mttr[2]::numeric) / 2, 6) as mttr_median_seconds,
        incident_engine.round_down(m.mttr[3]::numeric, 6) as mttr_p95_seconds,
        m.still_open,
        m.waiting,
        m.never_acknowledged,
        incident_engine.round_down(m.so_far / m.incidents, 6) as mttr_at_least_seconds
    from measured as m
    where (
        select incident_engine.check_report(
            window_start, window_end, as_of, by,
            array['fleet', 'host', 'device', 'component', 'severity', 'operator']
        )
    )
    order by
        m.host_name,
        m.device_name,
        m.capture_folder,
        m.component,
        incident_engine.severity_rank(m.severity),
        m.operator;
end;

comment on function incident.response_times(timestamptz, timestamptz, text, timestamptz) is
'How fast were people and systems? MTTA and MTTR of the incidents of a window, by default the last 30 days, as they stood at as_of. '
'by: fleet, host, device, component, severity or operator (who acknowledged; null for what nobody did). Retracted incidents are left '
'out. Maintenance goes first: an incident wholly in it does not count, one that outlasts it counts from its end, and its time leaves all '
'durations. MTTA is the mean time to acknowledgement from when people could know (announced_at), over the acknowledged ones (a usual '
'metric of on-call tools; ITIL has none). MTTR is the mean time from detection to resolution, over the resolved ones: the mean time to '
'restoration of IEC 60050-192 counted from detection, in ITIL the mean time to restore service. Each also as median, and as p95, '
'the shortest time that 95 percent of them did not exceed (nearest rank). In seconds, means and medians rounded down to the '
'microsecond. What is not over yet is counted, not dropped: incidents = resolved + still_open, and = acknowledged + waiting (open, '
'nobody on it) + never_acknowledged (recovered by itself); mttr_at_least_seconds is the mean with each open one taken as resolved at '
'as_of, so that the true mean will not be less. Errors: 22023.';

revoke all on function incident.response_times(timestamptz, timestamptz, text, timestamptz) from public;
grant execute on function incident.response_times(timestamptz, timestamptz, text, timestamptz) to incident_viewer;
