select
    greatest(bucket_start, $__timeFrom()::timestamptz) as time,
    availability_percent::double precision as "Availability",
    coverage_percent::double precision as "Coverage"
from incident.availability_by(
        bucket => '$bucket',
        time_zone => '$time_zone',
        window_start => $__timeFrom()::timestamptz,
        window_end => $__timeTo()::timestamptz,
        by => 'fleet'
    )
order by bucket_start
