select
    incident_id::text as incident,
    host_name as host,
    device_name as device,
    capture_folder as folder,
    component,
    severity,
    1 as active
from incident.announced
where severity = 'critical' and not (component = 'system' and capture_folder = 'host')
