select
    trunc(availability_percent, 3)::double precision as "Availability",
    trunc(coverage_percent, 3)::double precision as "Coverage",
    down_seconds::double precision as "Downtime",
    no_data_seconds::double precision as "No Data",
    devices as "Devices"
from incident.availability(
        window_start => $__timeFrom()::timestamptz, window_end => $__timeTo()::timestamptz, by => 'fleet'
    )
