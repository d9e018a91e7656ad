-- Summed over the devices; where both components failed at once, both are shown.
select
    a.bucket_start + (least(a.bucket_end, $__timeTo()::timestamptz) - a.bucket_start) / 2 as time,
    (sum(a.down_seconds) filter (where a.component = 'ffmpeg'))::double precision as "ffmpeg",
    (sum(a.down_seconds) filter (where a.component = 'monitor'))::double precision as "monitor",
    (sum(a.no_data_seconds) filter (where a.component = 'ffmpeg'))::double precision as "silent",
    (sum(a.unknown_seconds) filter (where a.component = 'ffmpeg'))::double precision as "unknown"
from incident.availability_by(
        bucket => 'day',
        time_zone => '$time_zone',
        window_start => $__timeFrom()::timestamptz,
        window_end => $__timeTo()::timestamptz,
        by => 'component'
    ) as a
where a.host_name in ($host) and a.device_name in ($device)
group by a.bucket_start, a.bucket_end
order by a.bucket_start
