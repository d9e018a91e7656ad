-- The newest of a long range; of an incident of the host itself what the host said of itself.
select
    newest.time,
    newest.cpu as "CPU",
    newest.memory as "Memory",
    newest.disk as "Disk"
from (
    select
        m.timestamp as time,
        case when abs(m.cpu_percent) < 1000000 then m.cpu_percent::double precision end as cpu,
        case when abs(m.memory_percent) < 1000000 then m.memory_percent::double precision end as memory,
        case when abs(m.disk_percent) < 1000000 then m.disk_percent::double precision end as disk
    from public.system_incident as i
    join public.system_device_metrics as m
        on
        i.host_name = m.host_name
        and i.device_name = m.device_name
        and i.capture_folder = m.capture_folder
    where
        i.incident_id = nullif('$incident', '')::bigint
        and $__timeFilter(m.timestamp)
    union all
    select
        m.timestamp as time,
        case when abs(m.cpu_percent) < 1000000 then m.cpu_percent::double precision end as cpu,
        case when abs(m.memory_percent) < 1000000 then m.memory_percent::double precision end as memory,
        case when abs(m.disk_percent) < 1000000 then m.disk_percent::double precision end as disk
    from public.system_incident as i
    join public.system_metrics as m on i.host_name = m.host_name and i.capture_folder = 'host'
    where
        i.incident_id = nullif('$incident', '')::bigint
        and $__timeFilter(m.timestamp)
    order by time desc
    limit 5000
) as newest
order by newest.time
