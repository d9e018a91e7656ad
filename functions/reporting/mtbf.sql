-- Inlined into the query that calls it; that is why no search_path is pinned; the body is bound when it is created.
create or replace function incident.mtbf(
    window_start timestamptz default now() - interval '30 days',
    window_end timestamptz default now(),
    by text default 'device',
    as_of timestamptz default now()
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    failures bigint,
    mtbf_seconds numeric,
    up_seconds numeric,
    window_seconds numeric,
    failing_at_start bigint,
    still_failing bigint,
    last_failure_at timestamptz,
    devices bigint,
    device_id text
)
language sql
stable
rows 1000
begin atomic
    with failure as (
        select
            case when by <> 'fleet' then f.host_name end as host_name,
            case when by in ('device', 'component') then f.device_name end as device_name,
            case when by in ('device', 'component') then f.capture_folder end as capture_folder,
            f.component,
            lower(f.counted) as started_at,
            lower(f.counted) < window_start as began_earlier,
            upper(f.counted) = least(window_end, as_of, k.known_to) as is_lasting
        from incident_engine.failure_piece(window_start, window_end, as_of, by) as f
        left join incident_engine.known_until() as k on f.host_name = k.host_name
    ),

    counted as (
        select
            f.host_name,
            f.device_name,
            f.capture_folder,
            f.component,
            count(*) filter (where not f.began_earlier) as failures,
            count(*) filter (where f.began_earlier) as failing_at_start,
            count(*) filter (where f.is_lasting) as still_failing,
            max(f.started_at) filter (where not f.began_earlier) as last_failure_at
        from failure as f
        group by f.host_name, f.device_name, f.capture_folder, f.component
    ),

    -- Up to three rows a scope, put together by hash whatever the planner expects.
    told as (
        select
            a.host_name,
            a.device_name,
            a.capture_folder,
            a.component,
            a.up_seconds,
            a.window_seconds,
            a.devices,
            a.device_id,
            null::bigint as failures, null::bigint as failing_at_start, null::bigint as still_failing,
            null::timestamptz as last_failure_at
        from incident.availability(window_start, window_end, true, by, as_of) as a
        union all
        select
            c.host_name, c.device_name, c.capture_folder, c.component, null, null, null, null,
            c.failures, c.failing_at_start, c.still_failing, c.last_failure_at
        from counted as c
        union all
        select
            r.host_name, r.device_name, r.capture_folder, r.component, r.up_seconds, r.window_seconds, null, null,
            r.failures, r.failing_at_start, r.still_failing, r.last_failure_at
        from incident_engine.recorded_piece(window_start, window_end, as_of, by) as r
    )

    select
        t.host_name,
        t.device_name,
        t.capture_folder,
        t.component,
        coalesce(sum(t.failures), 0)::bigint as failures,
        incident_engine.round_down(sum(t.up_seconds) / nullif(sum(t.failures), 0), 6) as mtbf_seconds,
        sum(t.up_seconds) as up_seconds,
        sum(t.window_seconds) as window_seconds,
        coalesce(sum(t.failing_at_start), 0)::bigint as failing_at_start,
        coalesce(sum(t.still_failing), 0)::bigint as still_failing,
        max(t.last_failure_at) as last_failure_at,
        max(t.devices) as devices,
        max(t.device_id) as device_id
    from told as t
    group by t.host_name, t.device_name, t.capture_folder, t.component
    having max(t.window_seconds) is not null
    order by t.host_name, t.device_name, t.capture_folder, t.component;
end;

comment on function incident.mtbf(timestamptz, timestamptz, text, timestamptz) is
'How long does it run between failures? MTBF over a window, by default the last 30 days: up time divided by the failures that '
'started in it (mean operating time between failures, IEC 60050-192; silence, maintenance and down time are not operating time). '
'by: device, component, host or fleet (up time and failures of their devices summed). A failure of a device lasts from the first '
'moment at which ffmpeg or monitor is stuck or stopped until both are active again; it belongs to the moment at which it begins, or, '
'when that is in maintenance, at which the maintenance ends; one wholly within maintenance does not count. So the failures of days '
'add up to those of the month. window_seconds is the observed time: the window clipped to the life of the device and to as_of. '
'mtbf_seconds is null without failures: it ran for all of up_seconds then. Time before the first sample '
'counts as far as an earlier monitoring recorded incidents in it, which was taken over, at its word. failing_at_start failures began earlier and are not '
'counted again; still_failing ones had not ended when the window, or as_of, did. Errors: 22023.';

revoke all on function incident.mtbf(timestamptz, timestamptz, text, timestamptz) from public;
grant execute on function incident.mtbf(timestamptz, timestamptz, text, timestamptz) to incident_viewer;
