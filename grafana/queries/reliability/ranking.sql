select
    standing as "Standing",
    place as "Place",
    host_name as "Host",
    device_name as "Device",
    capture_folder as "Folder",
    availability_percent::double precision as "Availability %",
    failures as "Failures",
    floor(mtbf_seconds)::double precision as "MTBF",
    floor(lost_seconds)::double precision as "Lost",
    reason as "Reason"
from incident.reliability_ranking(
        window_start => $__timeFrom()::timestamptz, window_end => $__timeTo()::timestamptz, top => 5
    )
order by standing desc, place asc
