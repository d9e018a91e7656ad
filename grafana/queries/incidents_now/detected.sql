select
    $__timeGroupAlias(detected_at, $__interval, 0),
    severity as metric,
    count(*) as incidents
from incident.recent
where
    $__timeFilter(detected_at)
    and host_name in ($host)
    and device_name in ($device)
group by time, severity
order by time, array_position(array['critical', 'high', 'medium', 'low'], severity)
