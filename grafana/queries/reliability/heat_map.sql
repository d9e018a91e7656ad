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
    a.bucket_start as time,
    a.host_name || ' / ' || a.device_name || ' / ' || a.capture_folder as metric,
    trunc(a.availability_percent, 2)::double precision as availability
from worst
join
    incident.availability_by(
        bucket => 'day',
        time_zone => '$time_zone',
        window_start => $__timeFrom()::timestamptz,
        window_end => $__timeTo()::timestamptz
    ) as a
    using (host_name, device_name, capture_folder)
where
    a.host_name = any(array(select w.host_name from worst as w))
    and a.device_name = any(array(select w.device_name from worst as w))
order by a.bucket_start, metric
