create or replace view incident.recent as
select
    i.incident_id,
    i.severity,
    i.host_name,
    i.device_name,
    i.component,
    i.status,
    coalesce(
        i.total_duration_minutes || ' min',
        greatest(floor(extract(epoch from now() - i.detected_at) / 60), 0)::integer || ' min (ongoing)'
    ) as duration,
    i.detected_at,
    i.resolved_at,
    i.resolved_by,
    i.root_cause,
    i.resolution_notes,
    i.description,
    i.detection_to_ack_minutes,
    i.ack_to_resolution_minutes,
    i.total_duration_minutes,
    i.acknowledged_by,
    i.assignee,
    i.device_id,
    i.capture_folder,
    i.dismissed_by
from public.system_incident as i
where i.retracted_at is null
order by i.detected_at desc, i.incident_id desc;

comment on view incident.recent is
'Incidents, latest first, with how they were resolved; retracted ones are left out. For the last 20: limit 20.';
comment on column incident.recent.dismissed_by is 'Who called it a false alarm; null when nobody has.';
comment on column incident.recent.duration is 'Whole minutes from detection to resolution, or so far.';

revoke all on incident.recent from public;
grant select on incident.recent to incident_viewer;
