select
    m.timestamp as "Time",
    m.device_name as "Device",
    m.ffmpeg_status as "ffmpeg",
    m.monitor_status as "monitor",
    case
        when m.ffmpeg_last_activity between '2000-01-01' and '9999-01-01' then m.ffmpeg_last_activity
    end as "ffmpeg Last Active",
    case
        when m.monitor_last_activity between '2000-01-01' and '9999-01-01' then m.monitor_last_activity
    end as "monitor Last Active",
    m.ffmpeg_uptime_seconds as "ffmpeg Uptime",
    case when abs(m.cpu_percent) < 1000000 then m.cpu_percent::double precision end as "CPU",
    case when abs(m.memory_percent) < 1000000 then m.memory_percent::double precision end as "Memory",
    case when abs(m.disk_percent) < 1000000 then m.disk_percent::double precision end as "Disk"
from public.system_incident as i
join public.system_device_metrics as m
    on
    i.host_name = m.host_name
    and (
        (i.device_name = m.device_name and i.capture_folder = m.capture_folder)
        or i.capture_folder = 'host'
    )
where
    i.incident_id = nullif('$incident', '')::bigint
    and $__timeFilter(m.timestamp)
order by m.timestamp desc, m.device_name asc
limit 1000
