select
    r.host_name as "Host",
    r.device_name as "Device",
    r.capture_folder as "Folder",
    r.detected_at as "Detected",
    r.acknowledged_by as "Acknowledged By",
    r.assignee as "Assignee",
    r.resolved_at as "Resolved",
    r.resolved_by as "Resolved By",
    r.root_cause as "Root Cause",
    a.silenced_by as "Silenced By",
    coalesce(a.reason, i.reason, r.description) as "What",
    r.resolution_notes as "Notes"
from incident.recent as r
join public.system_incident as i on r.incident_id = i.incident_id
left join incident.active as a on r.incident_id = a.incident_id
where r.incident_id = nullif('$incident', '')::bigint
