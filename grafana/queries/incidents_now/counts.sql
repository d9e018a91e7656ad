select
    "Active",
    "Last 24 h",
    "Critical 24 h",
    "Last 7 d",
    "Average Resolution (min)"::double precision as "Average Resolution"
from incident.panel_counts
