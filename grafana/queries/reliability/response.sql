select
    coalesce(severity, 'all') as "Severity",
    incidents as "Incidents",
    still_open as "Still Open",
    floor(mtta_seconds)::double precision as "MTTA",
    floor(mtta_p95_seconds)::double precision as "MTTA p95",
    floor(mttr_seconds)::double precision as "MTTR",
    floor(mttr_p95_seconds)::double precision as "MTTR p95"
from incident.response_times(
        window_start => $__timeFrom()::timestamptz, window_end => $__timeTo()::timestamptz, by => 'severity'
    )
order by array_position(array['critical', 'high', 'medium', 'low'], severity)
