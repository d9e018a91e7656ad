select
    r.host_name as "Host",
    r.device_name as "Device",
    r.capture_folder as "Folder",
    coalesce(a.reason, i.reason, regexp_replace(r.description, '( on| from|:) .*', '')) as "What",
    r.root_cause as "Root Cause",
    r.resolution_notes as "Notes"
from incident.recent as r
join public.system_incident as i on r.incident_id = i.incident_id
left join incident.active as a on r.incident_id = a.incident_id
where r.incident_id = nullif('$incident', '')::bigint
