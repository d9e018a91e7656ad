select
    edge.time,
    a.availability_percent::double precision as "Availability",
    a.coverage_percent::double precision as "Coverage"
from incident.availability_by(
        bucket => '$bucket',
        time_zone => '$time_zone',
        window_start => $__timeFrom()::timestamptz,
        window_end => $__timeTo()::timestamptz,
        by => 'fleet'
    ) as a
cross join
    lateral (
        select greatest(a.bucket_start, $__timeFrom()::timestamptz) as time
        union all
        -- The last one once more, so that its step is drawn.
        select least(now(), $__timeTo()::timestamptz)
        where a.bucket_end >= least(now(), $__timeTo()::timestamptz)
    ) as edge
order by edge.time
