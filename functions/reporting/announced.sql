create or replace view incident.announced as
select a.*
from incident.active as a
where a.silenced_by is null;

comment on view incident.announced is
'Active incidents that people are to be told of: all but those of a device or host that is in maintenance now, and those that are '
'part of an active incident of their host. What alerts read.';

revoke all on incident.announced from public;
grant select on incident.announced to incident_viewer;
