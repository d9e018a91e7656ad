select
    m.timestamp as time,
    m.cpu_percent::double precision as "CPU",
    m.memory_percent::double precision as "Memory",
    m.disk_percent::double precision as "Disk"
from public.system_incident as i
join public.system_device_metrics as m
    on
    i.host_name = m.host_name
    and i.device_name = m.device_name
    and i.capture_folder = m.capture_folder
where
    i.incident_id = nullif('$incident', '')::bigint
    and $__timeFilter(m.timestamp)
order by m.timestamp
limit 5000
