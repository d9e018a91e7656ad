create or replace view incident.summary as
select
    count(*) filter (where i.is_active) as active,
    count(*) filter (where i.is_active and i.severity = 'critical') as active_critical,
    count(*) filter (where i.status = 'open') as unacknowledged,
    count(*) filter (where i.detected_at > now() - interval '24 hours') as detected_24h,
    count(*) filter (where i.detected_at > now() - interval '24 hours' and i.severity = 'critical') as critical_24h,
    count(*) filter (where i.detected_at > now() - interval '7 days') as detected_7d,
    round(avg(extract(epoch from i.resolved_at - i.detected_at)) filter (
        where i.detected_at > now() - interval '7 days' and i.detected_at <= now()
    ) / 60, 1) as average_resolution_minutes,
    count(*) filter (where i.detected_at > now() - interval '7 days' and i.is_active) as unresolved_7d
from (
    select
        i.status,
        i.severity,
        i.detected_at,
        i.resolved_at,
        i.status in ('open', 'in_progress') as is_active
    from public.system_incident as i
    where
        i.retracted_at is null
        and (i.detected_at > now() - interval '7 days' or i.status in ('open', 'in_progress'))
) as i;

comment on view incident.summary is
'The state of things in one row of counts. Retracted incidents are left out.';
comment on column incident.summary.active is 'Incidents open or in progress now, since whenever.';
comment on column incident.summary.active_critical is 'Of these, critical.';
comment on column incident.summary.unacknowledged is 'Of these, nobody on it.';
comment on column incident.summary.detected_24h is 'Incidents detected in the last 24 hours, over or not.';
comment on column incident.summary.critical_24h is 'Of these, critical.';
comment on column incident.summary.detected_7d is 'Incidents detected in the last 7 days, over or not.';
comment on column incident.summary.average_resolution_minutes is
'Mean time from detection to resolution of those of the 7 days that are resolved; null when none is.';
comment on column incident.summary.unresolved_7d is 'Those of the 7 days that are not, and so not in the average.';

revoke all on incident.summary from public;
grant select on incident.summary to incident_viewer;
