select
    active as "Active",
    detected_24h as "Last 24 h",
    critical_24h as "Critical 24 h",
    detected_7d as "Last 7 d",
    floor(average_resolution_minutes * 60)::double precision as "Mean Resolution"
from incident.summary
