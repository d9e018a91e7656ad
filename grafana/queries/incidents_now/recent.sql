select
    incident_id as "ID",
    severity as "Severity",
    host_name as "Host",
    device_name as "Device",
    capture_folder as "Folder",
    floor(extract(epoch from greatest(coalesce(resolved_at, now()) - detected_at, interval '0')))::double precision
        as "Duration",
    status as "Status",
    detected_at as "Started",
    resolved_at as "Resolved",
    root_cause as "Root Cause",
    regexp_replace(description, '( on| from|:) .*', '') as "What",
    detected_at - interval '30 minutes' as "From",
    coalesce(resolved_at, now()) + interval '30 minutes' as "To"
from incident.recent
where host_name in ($host) and device_name in ($device)
order by detected_at desc, incident_id desc
limit 20
