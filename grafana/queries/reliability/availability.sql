select
    host_name as "Host",
    device_name as "Device",
    capture_folder as "Folder",
    trunc(availability_percent, 2)::double precision as "Availability %",
    sla_status as "SLA Status",
    incident.readable_duration(down_seconds) as "Downtime",
    incident.readable_duration(no_data_seconds) as "No Data",
    incident.readable_duration(up_seconds) as "Uptime",
    incident.readable_duration(maintenance_seconds) as "Maintenance"
from incident.availability(window_start => $__timeFrom()::timestamptz, window_end => $__timeTo()::timestamptz)
where host_name in ($host) and device_name in ($device)
order by availability_percent, host_name, device_name, capture_folder
