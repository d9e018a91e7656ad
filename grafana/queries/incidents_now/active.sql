select
    incident_id as "ID",
    severity as "Severity",
    host_name as "Host",
    device_name as "Device",
    capture_folder as "Folder",
    (minutes_open * 60)::double precision as "Duration",
    status as "Status",
    coalesce(assignee, acknowledged_by) as "Owner",
    detected_at as "Started",
    silenced_by as "Silenced By",
    coalesce(reason, regexp_replace(description, '( on| from|:) .*', '')) as "What",
    detected_at - interval '30 minutes' as "From"
from incident.active
where host_name in ($host) and device_name in ($device)
order by
    silenced_by is not null,
    array_position(array['critical', 'high', 'medium', 'low'], severity),
    detected_at,
    incident_id
limit 500
