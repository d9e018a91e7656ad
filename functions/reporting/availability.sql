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
    device_id text,
    outage_seconds numeric
)
language sql
stable
rows 1000
begin atomic
    select
        s.host_name,
        s.device_name,
        s.capture_folder,
        s.component,
        rated.availability_percent,
        incident_engine.sla_status(rated.availability_percent, promised.target_percent) as sla_status,
        s.up as up_seconds,
        s.down as down_seconds,
        s.lived - s.up - s.down - s.no_data - s.maintenance as unknown_seconds,
        s.no_data as no_data_seconds,
        s.maintenance as maintenance_seconds,
        s.lived as window_seconds,
        rated.coverage_percent,
        s.devices,
        s.device_id,
        s.outage as outage_seconds
    from incident_engine.spent_time(window_start, window_end, as_of, by) as s
    cross join
        lateral (
            select
                incident_engine.percent(
                    s.up, s.up + s.down + case when count_no_data then s.no_data else 0 end
                ) as availability_percent,
                incident_engine.percent(s.up + s.down, s.lived - s.maintenance) as coverage_percent
            from (values (true)) as single (row)
            offset 0 -- worked out once, not once more for each label
        ) as rated
    cross join
        lateral incident_engine.sla_target(
            s.host_name, s.device_name, s.capture_folder, s.component
        ) as promised
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
'window_seconds, the window clipped to the life of the device (from its first sample to its retirement) and to as_of, the time of '
'reading. Silence while the database itself was down is no_data of nobody: it is unknown, and shown apart as outage_seconds. Seconds '
'are exact to the microsecond. availability_percent = up / (up + down + no_data); count_no_data => false leaves silence out; rounded '
'down to 4 decimals, so that 100 means not a microsecond down; null when there is nothing to divide, and null is the worst. '
'coverage_percent: the part outside maintenance of which the state is known, up or down. sla_status: see incident_engine.sla_status; target: '
'the sla_target that holds for it. Comes from the state history: costs what changed in the window, not how many samples there are. '
'Errors: 22023.';

revoke all on function incident.availability(timestamptz, timestamptz, boolean, text, timestamptz) from public;
grant execute on function incident.availability(timestamptz, timestamptz, boolean, text, timestamptz)
to incident_viewer;
