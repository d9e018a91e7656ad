select
    bucket.bucket_start as time,
    r.mtta_seconds::double precision as "MTTA",
    r.mttr_seconds::double precision as "MTTR"
from generate_series(
        date_trunc('$bucket', $__timeFrom()::timestamptz, '$time_zone'),
        $__timeTo()::timestamptz,
        ('1 ' || '$bucket')::interval
    ) as bucket (bucket_start)
cross join
    lateral incident.response_times(
        window_start => bucket.bucket_start,
        window_end => bucket.bucket_start + ('1 ' || '$bucket')::interval
    ) as r
order by bucket.bucket_start
