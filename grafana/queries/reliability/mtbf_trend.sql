select
    bucket.bucket_start as time,
    m.mtbf_seconds::double precision as "MTBF",
    m.failures as "Failures"
from generate_series(
        date_trunc('$bucket', $__timeFrom()::timestamptz, '$time_zone'),
        $__timeTo()::timestamptz,
        ('1 ' || '$bucket')::interval
    ) as bucket (bucket_start)
cross join
    lateral incident.mtbf(
        window_start => bucket.bucket_start,
        window_end => bucket.bucket_start + ('1 ' || '$bucket')::interval,
        by => 'fleet'
    ) as m
order by bucket.bucket_start
