select
    healthy::integer as "Engine",
    lag_seconds::double precision as "Last Sweep, Ago",
    errors_waiting as "Errors Waiting"
from incident.health
