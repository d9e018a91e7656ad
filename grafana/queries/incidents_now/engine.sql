select
    healthy::integer as "Engine",
    floor(lag_seconds)::double precision as "Last Sweep, Ago",
    errors_waiting as "Errors Waiting"
from incident.health
