with worst as (
    select
        host_name,
        device_name,
        capture_folder
    from incident.availability(window_start => $__timeFrom()::timestamptz, window_end => $__timeTo()::timestamptz)
    where host_name in ($host) and device_name in ($device)
    order by availability_percent, host_name, device_name, capture_folder
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
order by device, s.started_at
