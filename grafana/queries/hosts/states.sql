select
    greatest(s.started_at, $__timeFrom()::timestamptz) as time,
    s.host_name as host,
    s.status as state
from incident.system_state as s
where
    s.capture_folder = 'host'
    and s.host_name in ($host)
    and s.started_at <= $__timeTo()::timestamptz
    and s.ended_at > $__timeFrom()::timestamptz
order by host, time
