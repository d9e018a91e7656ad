select
    lower(m.effective_period) as time,
    upper(m.effective_period) as timeend,
    'Maintenance ' || m.maintenance_id || ': ' || m.reason || ' (' || m.added_by || ')' as text,
    'maintenance' as tags
from public.system_incident as i
join incident.maintenance as m
    on
    i.host_name = m.host_name
    and (m.device_name is null or (m.device_name, m.capture_folder) = (i.device_name, i.capture_folder))
where
    i.incident_id = nullif('$incident', '')::bigint
    and m.effective_period && tstzrange($__timeFrom()::timestamptz, $__timeTo()::timestamptz, '[]')
order by time
