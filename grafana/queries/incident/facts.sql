select
    severity as "Severity",
    status as "Status",
    component as "Component",
    floor(extract(epoch from greatest(coalesce(resolved_at, now()) - detected_at, interval '0')))::double precision
        as "Duration",
    (detection_to_ack_minutes * 60)::double precision as "Until Acknowledged",
    (ack_to_resolution_minutes * 60)::double precision as "From There To Resolved"
from incident.recent
where incident_id = nullif('$incident', '')::bigint
