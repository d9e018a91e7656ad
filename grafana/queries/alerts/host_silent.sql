select
    host_name as host,
    (no_data_seconds > 0 and no_data_seconds + maintenance_seconds = window_seconds)::integer as silent
from incident.availability(window_start => now() - interval '1 minute', by => 'host')
