-- Inlined into the queries that call it, so that the host reaches an index: no search_path is pinned.
create or replace function incident_engine.maintenance_covers(
    planned incident.maintenance, host_name text, device_name text, capture_folder text
)
returns boolean
language sql
immutable
parallel safe
return
planned.host_name = host_name
and (planned.device_name is null or (planned.device_name, planned.capture_folder) = (device_name, capture_folder));

comment on function incident_engine.maintenance_covers(incident.maintenance, text, text, text) is
'Whether planned work is on a device, or on the host that it names. Whether it is on at a time says effective_period.';

revoke all on function incident_engine.maintenance_covers(incident.maintenance, text, text, text) from public;
grant execute on function incident_engine.maintenance_covers(incident.maintenance, text, text, text) to incident_viewer;
