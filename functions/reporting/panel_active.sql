create or replace view incident.panel_active as
select
    a.incident_id as "ID",
    a.device_name as "Device",
    a.capture_folder as "Folder",
    a.component as "Component",
    a.severity as "Severity",
    a.incident_type as "Type",
    a.minutes_open || ' min' as "Duration",
    a.detected_at as "Started",
    a.description as "Description",
    a.host_name as "Host",
    a.status as "Status",
    a.assignee as "Assignee",
    a.minutes_open as "Minutes",
    a.silenced_by as "Silenced By",
    a.reason as "Reason"
from incident.active as a
order by incident.severity_rank(a.severity), a.detected_at, a.incident_id;

comment on view incident.panel_active is
'Panel A, active incidents: worst severity first, then oldest. For people at psql incident.active has names that need no quotes.';
comment on column incident.panel_active."Minutes" is 'Duration as a number, to sort and colour by.';

revoke all on incident.panel_active from public;
grant select on incident.panel_active to incident_viewer;
