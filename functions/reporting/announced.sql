create or replace view incident.announced as
select a.*
from incident.active as a
where
    not exists (
        select
        from incident.maintenance as m
        where
            m.host_name = a.host_name
            and (m.device_name is null or (m.device_name, m.capture_folder) = (a.device_name, a.capture_folder))
            and m.effective_period @> now()
    )
    and not exists (
        select from public.system_incident as h
        where h.host_name = a.host_name and h.incident_id = a.part_of and h.status in ('open', 'in_progress')
    );

comment on view incident.announced is
'Active incidents that people are to be told of: all but those of a device or host that is in maintenance now, and those that are '
'part of an active incident of their host. What alerts read.';

revoke all on incident.announced from public;
grant select on incident.announced to incident_viewer;
