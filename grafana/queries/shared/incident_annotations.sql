select
    detected_at as time,
    coalesce(resolved_at, now()) as timeend,
    '#' || incident_id || ' ' || severity || ': ' || component || ' on ' || host_name || ', ' || device_name as text,
    severity || ',' || component as tags
from incident.recent
where
    detected_at <= $__timeTo()::timestamptz
    and coalesce(resolved_at, 'infinity') >= $__timeFrom()::timestamptz
    and host_name in ($host)
    and device_name in ($device)
order by detected_at desc
limit 200
