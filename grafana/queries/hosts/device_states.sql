-- What the devices did, on average of each bucket: 2 devices that were down for half of it are one.
select
    edge.time,
    (floor(100 * sum(a.up_seconds) / length.seconds) / 100)::double precision as "Up",
    (floor(100 * sum(a.down_seconds) / length.seconds) / 100)::double precision as "Down",
    (floor(100 * sum(a.no_data_seconds) / length.seconds) / 100)::double precision as "Silent",
    (floor(100 * sum(a.unknown_seconds) / length.seconds) / 100)::double precision as "Unknown",
    (floor(100 * sum(a.maintenance_seconds) / length.seconds) / 100)::double precision as "Maintenance"
from incident.availability_by(
        bucket => '$bucket',
        time_zone => '$time_zone',
        window_start => $__timeFrom()::timestamptz,
        window_end => $__timeTo()::timestamptz,
        by => 'host'
    ) as a
cross join
    lateral (
        select
            extract(
                epoch from least(a.bucket_end, $__timeTo()::timestamptz, now())
                - greatest(a.bucket_start, $__timeFrom()::timestamptz)
            ) as seconds
    ) as length
cross join
    lateral (
        select greatest(a.bucket_start, $__timeFrom()::timestamptz) as time
        union all
        -- The last one once more, so that its step is drawn.
        select least(now(), $__timeTo()::timestamptz)
        where a.bucket_end >= least(now(), $__timeTo()::timestamptz)
    ) as edge
where a.host_name in ($host)
group by edge.time, length.seconds
order by edge.time
