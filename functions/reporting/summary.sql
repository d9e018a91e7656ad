create or replace view incident.summary as
with now_active as (
    select
        count(*) filter (where not a.in_maintenance) as active,
        count(*) filter (where not a.in_maintenance and a.severity = 'critical') as active_critical,
        count(*) filter (where a.status = 'open' and a.silenced_by is null) as unacknowledged,
        count(*) filter (where a.in_maintenance) as in_maintenance
    from (
        select
            i.status,
            i.severity,
            s.silence as silenced_by,
            exists(
                select from incident.maintenance as m
                where
                    incident_engine.maintenance_covers(m, i.host_name, i.device_name, i.capture_folder)
                    and m.effective_period @> now()
            ) as in_maintenance
        from public.system_incident as i
        cross join lateral incident_engine.silenced_by(i, now()) as s
        where i.status in ('open', 'in_progress') and i.dismissed_at is null
    ) as a
),

-- Up to what the clock of a host may be ahead.
lately as (
    select
        count(*) filter (where i.counts_from > now() - interval '24 hours') as detected_24h,
        count(*) filter (where i.counts_from > now() - interval '24 hours' and i.severity = 'critical') as critical_24h,
        count(*) as detected_7d,
        incident_engine.round_down(extract(epoch from avg(i.time_to_resolve)) / 60, 1) as average_resolution_minutes,
        count(*) filter (where i.resolved_at is null) as unresolved_7d
    from incident_engine.detected_incident(
            now() - interval '7 days', now() + interval '5 minutes', now() + interval '5 minutes'
        ) as i
)

select
    n.active,
    n.active_critical,
    n.unacknowledged,
    l.detected_24h,
    l.critical_24h,
    l.detected_7d,
    l.average_resolution_minutes,
    l.unresolved_7d,
    n.in_maintenance,
    incident_engine.sweep_overdue() as overdue
from now_active as n
cross join lately as l
where incident_engine.warn_when_overdue();

comment on view incident.summary is
'The state of things in one row of counts. Maintenance goes first: what is in it, or was wholly in it, is counted in in_maintenance '
'alone. Retracted incidents are left out.';
comment on column incident.summary.active is 'Incidents open or in progress now, since whenever.';
comment on column incident.summary.active_critical is 'Of these, critical.';
comment on column incident.summary.unacknowledged is 'Of these, nobody on it, and people are to be told of it.';
comment on column incident.summary.detected_24h is 'Incidents detected in the last 24 hours, over or not.';
comment on column incident.summary.critical_24h is 'Of these, critical.';
comment on column incident.summary.detected_7d is 'Incidents detected in the last 7 days, over or not.';
comment on column incident.summary.average_resolution_minutes is
'Mean time from detection to resolution of those of the 7 days that are resolved; null when none is.';
comment on column incident.summary.unresolved_7d is 'Those of the 7 days that are not, and so not in the average.';
comment on column incident.summary.in_maintenance is 'Active incidents of what is in maintenance now.';
comment on column incident.summary.overdue is
'Since when nobody has looked for silence, in words; null while the sweep runs. When it is set the counts may be too low.';

revoke all on incident.summary from public;
grant select on incident.summary to incident_viewer;
