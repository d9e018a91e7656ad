select
    r.incident_id as "ID",
    r.severity as "Severity",
    r.component as "Component",
    r.duration as "Duration",
    r.status as "Status",
    r.detected_at as "Started",
    r.root_cause as "Root Cause",
    r.detected_at - interval '30 minutes' as "From",
    coalesce(r.resolved_at, now()) + interval '30 minutes' as "To"
from public.system_incident as i
join incident.recent as r
    on
    i.host_name = r.host_name
    and i.device_name = r.device_name
    and i.capture_folder = r.capture_folder
where i.incident_id = nullif('$incident', '')::bigint and r.incident_id <> i.incident_id
order by r.detected_at desc
limit 20
