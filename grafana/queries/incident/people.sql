select
    i.detected_at as "Detected",
    i.announced_at as "Could Be Known",
    i.acknowledged_at as "Acknowledged",
    i.acknowledged_by as "By",
    i.assignee as "Assignee",
    a.silenced_by as "Silenced By",
    i.resolved_at as "Resolved",
    i.resolved_by as "Resolved By"
from public.system_incident as i
left join incident.active as a on i.incident_id = a.incident_id
where i.incident_id = nullif('$incident', '')::bigint
