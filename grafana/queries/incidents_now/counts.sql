select
    active as "Active",
    detected_24h as "Last 24 h",
    critical_24h as "Critical 24 h",
    detected_7d as "Last 7 d",
    average_resolution_minutes::double precision as "Average Resolution"
from incident.summary
