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
    with spent as (
        select
            p.host_name,
            p.device_name,
            p.capture_folder,
            p.component,
            extract(epoch from sum(p.ended_at - p.started_at) filter (where p.condition = 'up')) as up,
            extract(epoch from sum(p.ended_at - p.started_at) filter (where p.condition = 'down')) as down,
            extract(epoch from sum(p.ended_at - p.started_at) filter (where p.condition = 'unknown')) as unknown,
            extract(epoch from sum(p.ended_at - p.started_at) filter (where p.condition = 'no_data')) as no_data,
            extract(epoch from sum(p.ended_at - p.started_at) filter (where p.condition = 'maintenance')) as maintenance
        from incident_engine.condition_piece(window_start, window_end, as_of, by) as p
        group by p.host_name, p.device_name, p.capture_folder, p.component
    ),

    -- The window of a device is counted apart from the pieces: where the history is sound, they add up to it.
    measured as (
        select
            scope.host_name,
            scope.device_name,
            scope.capture_folder,
            s.component,
            coalesce(sum(s.up), 0) as up,
            coalesce(sum(s.down), 0) as down,
            coalesce(sum(s.unknown), 0) as unknown,
            coalesce(sum(s.no_data), 0) as no_data,
            coalesce(sum(s.maintenance), 0) as maintenance,
            sum(extract(
                epoch from least(window_end, as_of) - greatest(window_start, d.first_sample_at)
            )) as observed,
            count(*) as devices,
            scope.device_id
        from spent as s
        join incident.device as d
            on
            s.host_name = d.host_name
            and s.device_name = d.device_name
            and s.capture_folder = d.capture_folder
        cross join
            lateral (
                select
                    case when by <> 'fleet' then s.host_name end as host_name,
                    case when by in ('device', 'component') then s.device_name end as device_name,
                    case when by in ('device', 'component') then s.capture_folder end as capture_folder,
                    case when by in ('device', 'component') then d.device_id end as device_id
            ) as scope
        group by scope.host_name, scope.device_name, scope.capture_folder, scope.device_id, s.component
    ),

    rated as (
        select
            m.*,
            incident_engine.percent(
                m.up, m.up + m.down + case when count_no_data then m.no_data else 0 end
            ) as availability
        from measured as m
    )

    select
        r.host_name,
        r.device_name,
        r.capture_folder,
        r.component,
        r.availability,
        incident.sla_status(r.availability) as sla_status,
        r.up,
        r.down,
        r.unknown,
        r.no_data,
        r.maintenance,
        r.observed,
        incident_engine.percent(
            r.observed - r.maintenance - r.no_data, r.observed - r.maintenance
        ) as coverage_percent,
        r.devices,
        r.device_id
    from rated as r
    where (
        select incident_engine.check_report(
            window_start, window_end, as_of, by, array['device', 'component', 'host', 'fleet']
        )
    )
    order by r.host_name, r.device_name, r.capture_folder, r.component;
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
