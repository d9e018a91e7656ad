create or replace view incident.panel_recent as
select
    r.incident_id as "ID",
    r.device_name as "Device",
    r.capture_folder as "Folder",
    r.component as "Component",
    r.severity as "Severity",
    r.component || '_failure' as "Type",
    r.duration as "Duration",
    r.detected_at as "Started",
    r.description as "Description",
    r.status as "Status",
    r.resolved_at as "Resolved",
    r.root_cause as "Root Cause",
    r.host_name as "Host"
from incident.recent as r
order by r.detected_at desc, r.incident_id desc
limit 20;

comment on view incident.panel_recent is
'Panel D, the last 20 incidents, latest first. More: incident.recent.';
comment on column incident.panel_recent."Duration" is '12 min, or 12 min (ongoing).';

revoke all on incident.panel_recent from public;
grant select on incident.panel_recent to incident_viewer;
