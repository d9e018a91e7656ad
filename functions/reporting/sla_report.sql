-- Inlined into the query that calls it, so that a condition on host_name reaches the index. That is why no search_path is
-- pinned; the body is bound when it is created.
create or replace function incident.sla_report(
    window_start timestamptz default date_trunc('month', now()),
    window_end timestamptz default date_trunc('month', now()) + interval '1 month',
    count_no_data boolean default true,
    by text default 'device',
    as_of timestamptz default now()
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
    devices bigint,
    device_id text
)
language sql
stable
rows 1000
begin atomic
    with reach as materialized (
        select
            window_start as report_start,
            r.end_time - interval '1 hour' as hour_start,
            r.end_time - interval '6 hours' as six_hours_start,
            r.end_time - interval '3 days' as three_days_start
        from (select least(window_end, as_of) as end_time) as r
    ),

    -- Up and lost are those of the device, or of ffmpeg when it is asked by component.
    piece as (
        select
            case when by <> 'fleet' then p.host_name end as host_name,
            case when by in ('device', 'component') then p.device_name end as device_name,
            case when by in ('device', 'component') then p.capture_folder end as capture_folder,
            case when by in ('device', 'component') then p.device_id end as device_id,
            p.ffmpeg_status = 'window' as is_window,
            p.ffmpeg_status = 'active' and (by = 'component' or p.monitor_status = 'active') as is_up,
            p.ffmpeg_status in ('stuck', 'stopped')
            or (by <> 'component' and p.monitor_status in ('stuck', 'stopped'))
            or (count_no_data and p.ffmpeg_status = 'no_data') as is_lost,
            by = 'component' and p.monitor_status = 'active' as is_monitor_up,
            by = 'component'
            and (p.monitor_status in ('stuck', 'stopped') or (count_no_data and p.monitor_status = 'no_data'))
                as is_monitor_lost,
            greatest(p.ended_at, r.report_start) - greatest(p.started_at, r.report_start) as in_window,
            p.ended_at > r.three_days_start
            or p.started_at > r.three_days_start as is_recent,
            greatest(p.ended_at, r.hour_start)
            - greatest(p.started_at, r.hour_start) as in_1h,
            greatest(p.ended_at, r.six_hours_start)
            - greatest(p.started_at, r.six_hours_start) as in_6h,
            greatest(p.ended_at, r.three_days_start)
            - greatest(p.started_at, r.three_days_start) as in_3d
        from incident_engine.counted_piece(
                least(window_start, least(window_end, as_of) - interval '3 days'), window_end, as_of
            ) as p
        cross join reach as r
        where window_start < least(window_end, as_of)
    ),

    -- Of each piece, what of it lies in the report's window and in the last hours of that.
    summed as (
        select
            p.host_name,
            p.device_name,
            p.capture_folder,
            max(p.device_id) as device_id,
            count(*) filter (where p.is_window) as devices,
            sum(p.in_window) filter (where p.is_up) as up,
            sum(p.in_window) filter (where p.is_lost) as lost,
            sum(p.in_1h) filter (where p.is_recent and p.is_up) as up_1h,
            sum(p.in_1h) filter (where p.is_recent and p.is_lost) as lost_1h,
            sum(p.in_6h) filter (where p.is_recent and p.is_up) as up_6h,
            sum(p.in_6h) filter (where p.is_recent and p.is_lost) as lost_6h,
            sum(p.in_3d) filter (where p.is_recent and p.is_up) as up_3d,
            sum(p.in_3d) filter (where p.is_recent and p.is_lost) as lost_3d,
            sum(p.in_window) filter (where p.is_monitor_up) as monitor_up,
            sum(p.in_window) filter (where p.is_monitor_lost) as monitor_lost,
            sum(p.in_1h) filter (where p.is_recent and p.is_monitor_up) as monitor_up_1h,
            sum(p.in_1h) filter (where p.is_recent and p.is_monitor_lost) as monitor_lost_1h,
            sum(p.in_6h) filter (where p.is_recent and p.is_monitor_up) as monitor_up_6h,
            sum(p.in_6h) filter (where p.is_recent and p.is_monitor_lost) as monitor_lost_6h,
            sum(p.in_3d) filter (where p.is_recent and p.is_monitor_up) as monitor_up_3d,
            sum(p.in_3d) filter (where p.is_recent and p.is_monitor_lost) as monitor_lost_3d
        from piece as p
        group by p.host_name, p.device_name, p.capture_folder
    ),

    spent as (
        select
            s.host_name,
            s.device_name,
            s.capture_folder,
            s.device_id,
            s.devices,
            c.component,
            t.*
        from summed as s
        cross join
            lateral (
                values
                (
                    null, by <> 'component',
                    s.up, s.lost, s.up_1h, s.lost_1h, s.up_6h, s.lost_6h, s.up_3d, s.lost_3d
                ),
                (
                    'ffmpeg', by = 'component',
                    s.up, s.lost, s.up_1h, s.lost_1h, s.up_6h, s.lost_6h, s.up_3d, s.lost_3d
                ),
                (
                    'monitor', by = 'component',
                    s.monitor_up, s.monitor_lost, s.monitor_up_1h, s.monitor_lost_1h,
                    s.monitor_up_6h, s.monitor_lost_6h, s.monitor_up_3d, s.monitor_lost_3d
                )
            ) as c (component, is_asked, up, lost, up_1h, lost_1h, up_6h, lost_6h, up_3d, lost_3d)
        cross join
            lateral (
                select
                    coalesce(extract(epoch from c.up), 0) as up,
                    coalesce(extract(epoch from c.lost), 0) as lost,
                    coalesce(extract(epoch from c.up_1h), 0) as up_1h,
                    coalesce(extract(epoch from c.lost_1h), 0) as lost_1h,
                    coalesce(extract(epoch from c.up_6h), 0) as up_6h,
                    coalesce(extract(epoch from c.lost_6h), 0) as lost_6h,
                    coalesce(extract(epoch from c.up_3d), 0) as up_3d,
                    coalesce(extract(epoch from c.lost_3d), 0) as lost_3d
                from (values (true)) as single (row)
                offset 0 -- worked out once, not once more for each use
            ) as t
        where c.is_asked
    ),

    -- What is still to come of the window counts in full; a budget is rounded down to the microsecond.
    budget as (
        select
            s.*,
            promised.*,
            rated.*
        from spent as s
        cross join
            lateral incident_engine.sla_target(
                s.host_name, s.device_name, s.capture_folder, s.component
            ) as promised
        cross join
            lateral (
                select
                    s.up + s.lost as counted,
                    incident_engine.percent(s.up, s.up + s.lost) as availability,
                    (100 - promised.target_percent) * 0.01 as allowed_part,
                    trunc(
                        (100 - promised.target_percent) * 0.01
                        * (s.up + s.lost + s.devices * greatest(extract(epoch from window_end - as_of), 0)),
                        6
                    ) as allowed
                from (values (true)) as single (row)
                offset 0 -- worked out once, not once more for each use
            ) as rated
    )

    select
        b.host_name,
        b.device_name,
        b.capture_folder,
        b.component,
        b.target_percent,
        b.availability,
        case when b.counted > 0 then 100 * b.up >= b.target_percent * b.counted end as compliant,
        incident.sla_status(b.availability) as sla_status,
        b.allowed,
        b.lost,
        b.allowed - b.lost as budget_left_seconds,
        round(floor(1000000 * (b.allowed - b.lost) / nullif(b.allowed, 0)) / 10000, 4) as budget_left_percent,
        round(b.lost_1h / nullif((b.up_1h + b.lost_1h) * b.allowed_part, 0), 2) as burn_rate_1h,
        round(b.lost_6h / nullif((b.up_6h + b.lost_6h) * b.allowed_part, 0), 2) as burn_rate_6h,
        round(b.lost_3d / nullif((b.up_3d + b.lost_3d) * b.allowed_part, 0), 2) as burn_rate_3d,
        case
            when as_of > window_end then null
            when b.allowed <= b.lost then as_of
            when b.lost_3d > 0
                then as_of + make_interval(
                        secs => round(
                            (b.allowed - b.lost) * (b.up_3d + b.lost_3d) / b.lost_3d / b.devices
                        )::double precision
                    )
        end as projected_exhaustion,
        b.up,
        b.counted,
        b.devices,
        b.device_id
    from budget as b
    where (
        select incident_engine.check_report(
            window_start, window_end, as_of, by, array['device', 'component', 'host', 'fleet']
        )
    )
    order by b.host_name, b.device_name, b.capture_folder, b.component;
end;

comment on function incident.sla_report(timestamptz, timestamptz, boolean, text, timestamptz) is
'Do we keep what we promised, and how much may still go wrong? By default for the present calendar month, in the time zone of the '
'session. by: device, component, host or fleet. target_percent: sla_target of the most specific incident.policy row. '
'availability_percent, sla_status: as in incident.availability, for what has passed of the window. compliant: whether availability '
'has reached the target so far, by exact seconds. The error budget (Google, Site Reliability Engineering, chapter 3) is what the '
'target allows to be lost: allowed_downtime_seconds = (100 - target) percent of the counted time (up, down, no_data unless '
'count_no_data is false), the part of the window after as_of counted in full. downtime_seconds = down + no_data. budget_left_seconds = '
'allowed - downtime, negative when overspent; budget_left_percent = that of allowed, rounded down. burn_rate_1h, _6h, _3d (Google, The '
'Site Reliability Workbook, chapter 5): the part lost of the last hour, 6 hours, 3 days of the window, divided by the part that may be '
'lost; 1 spends exactly the budget; for a 30 day window the workbook pages at 14.4 (1 h) and 6 (6 h) and opens a ticket at 1 (3 d). '
'projected_exhaustion: when the budget is gone if things go on as in the last 3 days; as_of when it is; null for a window that is '
'over, and when nothing is being lost. Null where there is nothing to divide (a target of 100 leaves no budget). Errors: 22023.';

revoke all on function incident.sla_report(timestamptz, timestamptz, boolean, text, timestamptz) from public;
grant execute on function incident.sla_report(timestamptz, timestamptz, boolean, text, timestamptz) to incident_viewer;
