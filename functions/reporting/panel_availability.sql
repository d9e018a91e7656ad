create or replace view incident.panel_availability as
select
    a.device_name as "Device",
    a.capture_folder as "Folder",
    a.availability_percent as "Availability %",
    incident.readable_duration(a.down_seconds) as "Downtime",
    incident.readable_duration(a.up_seconds) as "Uptime",
    a.sla_status as "SLA Status",
    incident.readable_duration(a.no_data_seconds) as "No Data",
    incident.readable_duration(a.maintenance_seconds) as "Maintenance",
    incident.readable_duration(a.unknown_seconds) as "Unknown",
    a.coverage_percent as "Coverage %",
    a.host_name as "Host"
from incident.availability() as a
order by a.availability_percent nulls first, a.coverage_percent, a.host_name, a.device_name, a.capture_folder;

comment on view incident.panel_availability is
'Panel B, availability of each device in the last 24 hours, the worst first. Silence is no uptime: it counts against availability '
'and is shown as No Data. Another window: incident.availability().';
comment on column incident.panel_availability."Availability %" is
'up / (up + down + no data), rounded down: 100 only when nothing was lost. Empty, and first, when nothing is known.';

comment on column incident.panel_availability."Coverage %" is
'The part outside maintenance of which the state is known; the rest was unknown or silent.';

revoke all on incident.panel_availability from public;
grant select on incident.panel_availability to incident_viewer;
