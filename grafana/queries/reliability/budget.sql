select
    host_name as "Host",
    device_name as "Device",
    capture_folder as "Folder",
    target_percent::double precision as "Target %",
    availability_percent::double precision as "Availability %",
    floor(greatest(budget_left_seconds, 0))::double precision as "Budget Left",
    nullif(floor(greatest(-budget_left_seconds, 0)), 0)::double precision as "Overspent",
    greatest(budget_left_percent, -1000)::double precision as "Left %",
    least(burn_rate_1h, 1000)::double precision as "Burn 1 h",
    least(burn_rate_6h, 1000)::double precision as "Burn 6 h",
    least(burn_rate_3d, 1000)::double precision as "Burn 3 d",
    projected_exhaustion as "Budget Gone"
from incident.sla_report(period => 'this month', time_zone => '$time_zone')
where host_name in ($host) and device_name in ($device)
order by budget_left_percent nulls first, host_name, device_name, capture_folder
limit 100
