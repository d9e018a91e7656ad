select
    availability_percent::double precision as "Availability",
    coverage_percent::double precision as "Coverage",
    floor(down_seconds / devices)::double precision as "Down, per Device",
    floor(no_data_seconds / devices)::double precision as "Silent, per Device",
    floor(unknown_seconds / devices)::double precision as "Unknown, per Device",
    devices as "Devices"
from incident.availability(
        window_start => $__timeFrom()::timestamptz, window_end => $__timeTo()::timestamptz, by => 'fleet'
    )
