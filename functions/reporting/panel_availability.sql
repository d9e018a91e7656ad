create or replace view incident.panel_availability as
select
    a.device_name as "Device",
    a.capture_folder as "Folder",
    trunc(a.availability_percent, 2) as "Availability %",
    incident.readable_duration(a.down_seconds) as "Downtime",
    incident.readable_duration(a.up_seconds) as "Uptime",
    a.sla_status as "SLA Status",
    incident.readable_duration(a.no_data_seconds) as "No Data",
    incident.readable_duration(a.maintenance_seconds) as "Maintenance",
    a.host_name as "Host"
from incident.availability() as a
order by a.availability_percent, a.host_name, a.device_name, a.capture_folder;

comment on view incident.panel_availability is
'Panel B, availability of each device in the last 24 hours, the worst first. Silence is no uptime: it counts against availability '
'and is shown as No Data. Another window: incident.availability().';
comment on column incident.panel_availability."Availability %" is
'up / (up + down + no data), cut to 2 decimals: 100.00 only when nothing was lost.';

revoke all on incident.panel_availability from public;
grant select on incident.panel_availability to incident_viewer;
