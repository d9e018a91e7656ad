with worst as (
    select
        host_name,
        device_name,
        capture_folder,
        row_number() over (
            order by availability_percent asc nulls first, host_name asc, device_name asc, capture_folder asc
        ) as place
    from incident.availability(window_start => $__timeFrom()::timestamptz, window_end => $__timeTo()::timestamptz)
    where host_name in ($host) and device_name in ($device) and window_seconds > maintenance_seconds
    order by place
    limit 25
)

-- The arrays are known before the rest runs, so that they reach the index; a join would not.
select
    s.started_at as time,
    s.host_name || ' / ' || s.device_name || ' / ' || s.capture_folder as device,
    s.state
from worst
join incident.state_history($__timeFrom()::timestamptz, $__timeTo()::timestamptz) as s
    using (host_name, device_name, capture_folder)
where
    s.host_name = any(array(select w.host_name from worst as w))
    and s.device_name = any(array(select w.device_name from worst as w))
order by worst.place, s.started_at
