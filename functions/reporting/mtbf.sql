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
            f.started_at,
            f.started_at < window_start as began_earlier,
            f.ended_at >= least(window_end, as_of) as is_lasting
        from incident_engine.failure_piece(window_start, window_end, as_of, by) as f
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
    )

    select
        a.host_name,
        a.device_name,
        a.capture_folder,
        a.component,
        coalesce(c.failures, 0) as failures,
        round(a.up_seconds / nullif(c.failures, 0), 6) as mtbf_seconds,
        a.up_seconds,
        a.window_seconds,
        coalesce(c.failing_at_start, 0) as failing_at_start,
        coalesce(c.still_failing, 0) as still_failing,
        c.last_failure_at,
        a.devices,
        a.device_id
    from incident.availability(window_start, window_end, true, by, as_of) as a
    left join counted as c
        on
        coalesce(c.host_name, '') = coalesce(a.host_name, '')
        and coalesce(c.device_name, '') = coalesce(a.device_name, '')
        and coalesce(c.capture_folder, '') = coalesce(a.capture_folder, '')
        and coalesce(c.component, '') = coalesce(a.component, '')
    order by a.host_name, a.device_name, a.capture_folder, a.component;
end;

comment on function incident.mtbf(timestamptz, timestamptz, text, timestamptz) is
'How long does it run between failures? MTBF over a window, by default the last 30 days: up time divided by the failures that '
'started in it (mean operating time between failures, IEC 60050-192; silence, maintenance and down time are not operating time). '
'by: device, component, host or fleet (up time and failures of their devices summed). A failure is an ffmpeg or monitor incident; '
'those of a device that overlap count once; one wholly within maintenance does not count. window_seconds is the observed time: the '
'window clipped to the life of the device and to as_of. mtbf_seconds is null without failures: it ran for all of up_seconds then. '
'failing_at_start failures began earlier and are not counted again; still_failing ones had not ended when the window, or as_of, did. '
'An incident resolved by hand while the device fails is followed by another: that counts as two. Errors: 22023.';

revoke all on function incident.mtbf(timestamptz, timestamptz, text, timestamptz) from public;
grant execute on function incident.mtbf(timestamptz, timestamptz, text, timestamptz) to incident_viewer;
