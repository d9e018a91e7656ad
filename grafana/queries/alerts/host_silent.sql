select
    incident_id::text as incident,
    host_name as host,
    severity,
    1 as silent
from incident.announced
where component = 'system' and capture_folder = 'host' and severity = 'critical'
