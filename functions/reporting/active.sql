create or replace view incident.active as
select
    i.incident_id,
    i.severity,
    i.host_name,
    i.device_name,
    i.component,
    i.status,
    greatest(floor(extract(epoch from now() - i.detected_at) / 60), 0)::integer as minutes_open,
    i.description,
    i.acknowledged_by,
    i.assignee,
    i.detected_at,
    i.acknowledged_at,
    i.device_id,
    i.capture_folder,
    i.video_device,
    i.incident_type,
    i.reopen_count,
    i.flapping_since,
    case
        when i.capture_folder = 'host' then coalesce(incident_engine.host_reason(i.host_name, now()), i.reason)
        else i.reason
    end as reason,
    i.part_of,
    s.silence as silenced_by
from public.system_incident as i
cross join lateral incident_engine.silenced_by(i, now()) as s
where i.status in ('open', 'in_progress') and i.dismissed_at is null and (select incident_engine.warn_when_overdue())
order by incident_engine.severity_rank(i.severity), i.detected_at, i.incident_id;

comment on view incident.active is
'What is broken right now: open and in_progress incidents, worst severity first, then oldest. Warns when nobody has looked lately.';
comment on column incident.active.flapping_since is
'Since when its component has been changing so often that single changes are not told; null when it does not.';
comment on column incident.active.minutes_open is 'Whole minutes since detected_at.';
comment on column incident.active.reason is 'What is wrong now, for system incidents; for a host since when each thing is.';
comment on column incident.active.silenced_by is
'Why people are not told of it now: the maintenance it is in, or the active incident of its host that it is part of.';
comment on column incident.active.part_of is 'The incident of the silent host that this one is part of.';

revoke all on incident.active from public;
grant select on incident.active to incident_viewer;
