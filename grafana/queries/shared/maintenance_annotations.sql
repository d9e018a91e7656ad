select
    lower(m.effective_period) as time,
    upper(m.effective_period) as timeend,
    'Maintenance of ' || m.host_name || coalesce(', ' || m.device_name, '') || ': ' || m.reason as text,
    'maintenance' as tags
from incident.maintenance as m
where
    m.effective_period && tstzrange($__timeFrom()::timestamptz, $__timeTo()::timestamptz, '[]')
    and m.host_name in ($host)
order by time
limit 200
