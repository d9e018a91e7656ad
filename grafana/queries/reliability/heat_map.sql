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

-- The arrays are known before the rest runs, so that they reach the index; a join would not. A box is drawn around its time,
-- so that of a day stands at its noon; rows come in the order in which they are first met.
select
    a.bucket_start + (a.bucket_end - a.bucket_start) / 2 as time,
    a.host_name || ' / ' || a.device_name || ' / ' || a.capture_folder as metric,
    a.availability_percent::double precision as availability
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
order by time, worst.place
