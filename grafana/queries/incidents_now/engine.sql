select
    healthy::integer as "Engine",
    lag_seconds::double precision as "Last Sweep",
    errors_waiting as "Errors Waiting"
from incident.health
