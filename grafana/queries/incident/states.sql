-- Of a device both components, of a host each of its devices.
select
    s.started_at as time,
    w.what,
    case when s.in_maintenance then 'maintenance' else w.status end as state
from public.system_incident as i
join incident.state_history($__timeFrom()::timestamptz, $__timeTo()::timestamptz) as s
    on
    i.host_name = s.host_name
    and (i.capture_folder = 'host' or (i.device_name = s.device_name and i.capture_folder = s.capture_folder))
cross join
    lateral (
        values
        ('ffmpeg', s.ffmpeg_status, i.capture_folder <> 'host'),
        ('monitor', s.monitor_status, i.capture_folder <> 'host'),
        (s.device_name || ' / ' || s.capture_folder, s.state, i.capture_folder = 'host')
    ) as w (what, status, is_asked)
where i.incident_id = nullif('$incident', '')::bigint and w.is_asked
order by w.what, s.started_at
