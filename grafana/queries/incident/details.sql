select
    host_name as "Host",
    device_name as "Device",
    capture_folder as "Folder",
    detected_at as "Detected",
    acknowledged_by as "Acknowledged By",
    assignee as "Assignee",
    resolved_at as "Resolved",
    resolved_by as "Resolved By",
    root_cause as "Root Cause",
    description as "Description",
    resolution_notes as "Notes"
from incident.recent
where incident_id = nullif('$incident', '')::bigint
