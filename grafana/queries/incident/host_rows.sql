select
    m.timestamp as "Time",
    m.server_name as "Server",
    case when abs(m.cpu_percent) < 1000000 then m.cpu_percent::double precision end as "CPU",
    case when abs(m.memory_percent) < 1000000 then m.memory_percent::double precision end as "Memory",
    case when abs(m.disk_percent) < 1000000 then m.disk_percent::double precision end as "Disk",
    case when abs(m.cpu_temperature_celsius) < 1000000 then m.cpu_temperature_celsius::double precision end as "Temp.",
    m.load_average_1m::double precision as "Load 1 m",
    m.load_average_5m::double precision as "Load 5 m",
    m.uptime_seconds as "Uptime",
    floor(greatest(extract(epoch from m.created_at - m.timestamp), 0))::double precision as "Arrived After"
from public.system_incident as i
join public.system_metrics as m on i.host_name = m.host_name
where
    i.incident_id = nullif('$incident', '')::bigint
    and $__timeFilter(m.timestamp)
order by m.timestamp desc
limit 1000
