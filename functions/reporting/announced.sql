create or replace view incident.announced as
select a.*
from incident.active as a
join public.system_incident as i on i.host_name = a.host_name and i.incident_id = a.incident_id
where (select s.silence from incident_engine.silenced_by(i, now()) as s) is null;

comment on view incident.announced is
'Active incidents that people are to be told of: all but those of a device or host that is in maintenance now, and those that are '
'part of an active incident of their host. What alerts read.';

revoke all on incident.announced from public;
grant select on incident.announced to incident_viewer;
