select
    healthy::integer as "Engine",
    (extract(epoch from swept_to) * 1000)::double precision as "Last Sweep",
    errors_waiting as "Errors Waiting"
from incident.health
