select
    a.incident_id::text as incident,
    a.host_name as host,
    a.device_name as device,
    a.capture_folder as folder,
    a.component,
    a.severity,
    a.minutes_open
from incident.announced as a
join (
    values ('critical', 15), ('high', 60), ('medium', 240), ('low', 1440)
) as patience (severity, minutes)
    on a.severity = patience.severity
where a.status = 'open' and a.minutes_open >= patience.minutes
