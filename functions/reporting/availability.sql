-- Inlined into the query that calls it, so that a condition on host_name reaches the index. That is why no search_path is
-- pinned; the body is bound when it is created.
create or replace function incident.availability(
    window_start timestamptz default now() - interval '24 hours',
    window_end timestamptz default now(),
    count_no_data boolean default true,
    by text default 'device',
    as_of timestamptz default now()
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    availability_percent numeric,
    sla_status text,
    up_seconds numeric,
    down_seconds numeric,
    unknown_seconds numeric,
    no_data_seconds numeric,
    maintenance_seconds numeric,
    window_seconds numeric,
    coverage_percent numeric,
    devices bigint,
    device_id text
)
language sql
stable
rows 1000
begin atomic
    with piece as (
        select
            case when by <> 'fleet' then p.host_name end as host_name,
            case when by in ('device', 'component') then p.device_name end as device_name,
            case when by in ('device', 'component') then p.capture_folder end as capture_folder,
            case when by in ('device', 'component') then p.device_id end as device_id,
            p.ffmpeg_status,
            p.monitor_status,
            p.ended_at - p.started_at as duration
        from incident_engine.counted_piece(window_start, window_end, as_of) as p
    ),

    -- Once over the pieces. up and down are those of the device, or of ffmpeg when it is asked by component.
    summed as (
        select
            p.host_name,
            p.device_name,
            p.capture_folder,
            max(p.device_id) as device_id,
            coalesce(extract(epoch from sum(p.duration) filter (
                where p.ffmpeg_status = 'active' and (by = 'component' or p.monitor_status = 'active')
            )), 0) as up,
            coalesce(extract(epoch from sum(p.duration) filter (
                where
                p.ffmpeg_status in ('stuck', 'stopped')
                or (by <> 'component' and p.monitor_status in ('stuck', 'stopped'))
            )), 0) as down,
            coalesce(extract(epoch from sum(p.duration) filter (
                where by = 'component' and p.monitor_status = 'active'
            )), 0) as monitor_up,
            coalesce(extract(epoch from sum(p.duration) filter (
                where by = 'component' and p.monitor_status in ('stuck', 'stopped')
            )), 0) as monitor_down,
            coalesce(extract(epoch from sum(p.duration) filter (where p.ffmpeg_status = 'no_data')), 0) as no_data,
            coalesce(
                extract(epoch from sum(p.duration) filter (where p.ffmpeg_status = 'maintenance')), 0
            ) as maintenance,
            extract(epoch from sum(p.duration) filter (where p.ffmpeg_status <> 'window')) as counted,
            extract(epoch from sum(p.duration) filter (where p.ffmpeg_status = 'window')) as observed,
            count(*) filter (where p.ffmpeg_status = 'window') as devices
        from piece as p
        group by p.host_name, p.device_name, p.capture_folder
    ),

    spent as (
        select
            s.*,
            c.component,
            c.component_up,
            c.component_down
        from summed as s
        cross join
            lateral (
                values (null, s.up, s.down, by <> 'component'),
                ('ffmpeg', s.up, s.down, by = 'component'),
                ('monitor', s.monitor_up, s.monitor_down, by = 'component')
            ) as c (component, component_up, component_down, is_asked)
        where c.is_asked
    )

    select
        s.host_name,
        s.device_name,
        s.capture_folder,
        s.component,
        rated.availability_percent,
        incident.sla_status(rated.availability_percent) as sla_status,
        s.component_up,
        s.component_down,
        s.counted - s.component_up - s.component_down - s.no_data - s.maintenance as unknown,
        s.no_data,
        s.maintenance,
        s.observed,
        rated.coverage_percent,
        s.devices,
        s.device_id
    from spent as s
    cross join
        lateral (
            select
                incident_engine.percent(
                    s.component_up,
                    s.component_up + s.component_down + case when count_no_data then s.no_data else 0 end
                ) as availability_percent,
                incident_engine.percent(
                    s.observed - s.maintenance - s.no_data, s.observed - s.maintenance
                ) as coverage_percent
            from (values (true)) as single (row)
            offset 0 -- worked out once, not once more for each label
        ) as rated
    where (
        select incident_engine.check_report(
            window_start, window_end, as_of, by, array['device', 'component', 'host', 'fleet']
        )
    )
    order by s.host_name, s.device_name, s.capture_folder, s.component;
end;

comment on function incident.availability(timestamptz, timestamptz, boolean, text, timestamptz) is
'Availability over a window, by default the last 24 hours. by: device, component (ffmpeg and monitor of each device, by its '
'own status), host or fleet (seconds summed over their devices). Each moment of a device is exactly one of: maintenance (taken '
'out first), up (both components active), down (any stuck or stopped), no_data (silent), unknown (the rest); the five add up to '
'window_seconds, the window clipped to the life of the device and to as_of, the time of reading. Seconds are exact to the '
'microsecond. availability_percent = up / (up + down + no_data); count_no_data => false leaves silence out; rounded down to 4 '
'decimals, so that 100 means not a microsecond down; null when there is nothing to divide. sla_status: Excellent from 99.9, '
'Good from 99.0, Fair from 95.0, else Poor. coverage_percent: the part of the window outside maintenance that is not silence. '
'Comes from the state history: costs what changed in the window, not how many samples there are. Errors: 22023.';

revoke all on function incident.availability(timestamptz, timestamptz, boolean, text, timestamptz) from public;
grant execute on function incident.availability(timestamptz, timestamptz, boolean, text, timestamptz)
to incident_viewer;
