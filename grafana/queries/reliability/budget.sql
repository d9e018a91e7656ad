select
    host_name as "Host",
    device_name as "Device",
    capture_folder as "Folder",
    target_percent::double precision as "Target %",
    trunc(availability_percent, 3)::double precision as "Availability %",
    budget_left_percent::double precision as "Budget Left",
    burn_rate_1h::double precision as "Burn 1 h",
    burn_rate_6h::double precision as "Burn 6 h",
    burn_rate_3d::double precision as "Burn 3 d",
    projected_exhaustion as "Budget Gone"
from incident.sla_report()
where host_name in ($host) and device_name in ($device)
order by budget_left_percent, host_name, device_name, capture_folder
limit 100
