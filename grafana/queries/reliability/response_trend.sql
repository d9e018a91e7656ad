select
    greatest(bucket.bucket_start, $__timeFrom()::timestamptz) as time,
    r.mtta_seconds::double precision as "MTTA",
    r.mttr_seconds::double precision as "MTTR"
from incident.availability_by(
        bucket => '$bucket',
        time_zone => '$time_zone',
        window_start => $__timeFrom()::timestamptz,
        window_end => $__timeTo()::timestamptz,
        by => 'fleet'
    ) as bucket
cross join
    lateral incident.response_times(
        window_start => greatest(bucket.bucket_start, $__timeFrom()::timestamptz),
        window_end => least(bucket.bucket_end, $__timeTo()::timestamptz)
    ) as r
order by bucket.bucket_start
