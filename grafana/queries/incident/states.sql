select
    s.started_at as time,
    s.ffmpeg_status as ffmpeg,
    s.monitor_status as monitor
from public.system_incident as i
join incident.state_history($__timeFrom()::timestamptz, $__timeTo()::timestamptz) as s
    on
    i.host_name = s.host_name
    and i.device_name = s.device_name
    and i.capture_folder = s.capture_folder
where i.incident_id = nullif('$incident', '')::bigint
order by s.started_at
