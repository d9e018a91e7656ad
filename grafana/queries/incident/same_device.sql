select
    r.incident_id as "ID",
    r.severity as "Severity",
    r.component as "Component",
    floor(extract(epoch from greatest(coalesce(r.resolved_at, now()) - r.detected_at, interval '0')))::double precision
        as "Duration",
    r.status as "Status",
    r.detected_at as "Started",
    r.root_cause as "Root Cause",
    r.detected_at - interval '30 minutes' as "From",
    coalesce(r.resolved_at, now()) + interval '30 minutes' as "To"
from incident.recent as r
where
    (r.host_name, r.device_name, r.capture_folder) = (
        select
            i.host_name,
            i.device_name,
            i.capture_folder
        from public.system_incident as i
        where i.incident_id = nullif('$incident', '')::bigint
    )
    and r.incident_id <> nullif('$incident', '')::bigint
order by r.detected_at desc
limit 20
