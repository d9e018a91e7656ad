create or replace view incident.maintenance_now as
select
    m.maintenance_id,
    m.host_name,
    m.device_name,
    m.capture_folder,
    m.reason,
    lower(m.effective_period) as started_at,
    upper(m.effective_period) as ends_at,
    floor(extract(epoch from upper(m.effective_period) - now()) / 60)::integer as minutes_left,
    (
        select count(*)
        from public.system_incident as i
        where
            i.status in ('open', 'in_progress')
            and incident_engine.maintenance_covers(m, i.host_name, i.device_name, i.capture_folder)
    ) as incidents_silenced,
    m.added_by,
    m.series_id
from incident.maintenance as m
where m.effective_period @> now()
order by upper(m.effective_period), m.maintenance_id;

comment on view incident.maintenance_now is
'Maintenance under way, what ends soonest first. What is planned and what is over stands in incident.maintenance.';
comment on column incident.maintenance_now.device_name is 'Null: the whole host.';
comment on column incident.maintenance_now.capture_folder is 'Null: the whole host.';
comment on column incident.maintenance_now.minutes_left is 'Whole minutes until ends_at.';
comment on column incident.maintenance_now.incidents_silenced is 'Active incidents that are not announced because of it.';
comment on column incident.maintenance_now.series_id is 'Of which recurring maintenance it is part, if any.';

revoke all on incident.maintenance_now from public;
grant select on incident.maintenance_now to incident_viewer;
