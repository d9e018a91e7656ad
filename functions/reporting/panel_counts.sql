create or replace view incident.panel_counts as
select
    s.active as "Active",
    s.detected_24h as "Last 24 h",
    s.detected_7d as "Last 7 d",
    s.average_resolution_minutes as "Average Resolution (min)",
    s.critical_24h as "Critical 24 h",
    s.in_maintenance as "In Maintenance",
    s.overdue as "Overdue"
from incident.summary as s;

comment on view incident.panel_counts is 'Panel C, the counts of incident.summary, one row.';

revoke all on incident.panel_counts from public;
grant select on incident.panel_counts to incident_viewer;
