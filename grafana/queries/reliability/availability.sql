select
    host_name as "Host",
    device_name as "Device",
    capture_folder as "Folder",
    availability_percent::double precision as "Availability %",
    case
        when window_seconds = maintenance_seconds then 'maintenance'
        else coalesce(sla_status, 'nothing known')
    end as "SLA Status",
    coverage_percent::double precision as "Coverage %",
    floor(down_seconds)::double precision as "Downtime",
    floor(no_data_seconds)::double precision as "No Data",
    floor(unknown_seconds)::double precision as "Unknown",
    floor(up_seconds)::double precision as "Uptime",
    floor(maintenance_seconds)::double precision as "Maintenance"
from incident.availability(window_start => $__timeFrom()::timestamptz, window_end => $__timeTo()::timestamptz)
where host_name in ($host) and device_name in ($device)
order by
    window_seconds = maintenance_seconds,
    availability_percent nulls first,
    coverage_percent,
    host_name,
    device_name,
    capture_folder
