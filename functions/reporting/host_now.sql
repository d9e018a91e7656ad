create or replace view incident.host_now as
with device as (
    select
        s.host_name,
        count(*) as devices,
        count(*) filter (where s.state = 'active') as up,
        count(*) filter (where s.state in ('stuck', 'stopped')) as down,
        count(*) filter (where s.state = 'no_data') as silent,
        count(*) filter (where s.state = 'unknown') as unknown,
        count(*) filter (where s.state = 'maintenance') as in_maintenance
    from incident.state_history(now() - interval '3 minutes', now(), now()) as s
    left join incident_engine.known_until() as k on s.host_name = k.host_name
    where s.ended_at = least(now(), k.known_to)
    group by s.host_name
),

incidents as (
    select
        i.host_name,
        count(*) as active_incidents
    from public.system_incident as i
    where i.status in ('open', 'in_progress')
    group by i.host_name
)

select
    h.host_name,
    case
        when k.known_to < now() - interval '3 minutes' then 'unknown' -- its site is not heard
        when exists (
                select from incident.maintenance as m
                where
                    m.host_name = h.host_name
                    and m.device_name is null
                    and m.effective_period @> now()
            ) then 'maintenance'
        when h.status = 'over_limit' then 'over limits'
        when h.status in ('silent', 'new') then h.status
        else 'up'
    end as state,
    incident_engine.host_reason(h.host_name, now()) as reason,
    coalesce(d.devices, 0) as devices,
    coalesce(d.up, 0) as up,
    coalesce(d.down, 0) as down,
    coalesce(d.silent, 0) as silent,
    coalesce(d.unknown, 0) as unknown,
    coalesce(d.in_maintenance, 0) as in_maintenance,
    coalesce(i.active_incidents, 0) as active_incidents,
    l.reported_at,
    l.cpu_percent,
    l.memory_percent,
    l.disk_percent,
    l.cpu_temperature_celsius,
    l.load_average_5m,
    l.uptime_seconds,
    a.clock_offset_seconds,
    a.version as agent_version,
    a.problem as agent_problem,
    w.name as site
from incident.host as h
left join incident.site as w on h.site = w.site
left join incident_engine.known_until() as k on h.host_name = k.host_name
left join device as d on h.host_name = d.host_name
left join incidents as i on h.host_name = i.host_name
left join incident.agent_health as a on h.host_name = a.host_name
left join
    lateral (
        select
            s.timestamp as reported_at,
            s.cpu_percent,
            s.memory_percent,
            s.disk_percent,
            s.cpu_temperature_celsius,
            s.load_average_5m,
            s.uptime_seconds
        from public.system_metrics as s
        where s.host_name = h.host_name and s.timestamp <= now() + incident_engine.clock_tolerance()
        order by s.timestamp desc
        limit 1
    ) as l
    on true
where h.status <> 'retired' and (select incident_engine.warn_when_overdue())
order by
    h.status in ('silent', 'over_limit') desc,
    coalesce(d.down, 0) + coalesce(d.silent, 0) + coalesce(d.unknown, 0) desc,
    h.host_name asc;

comment on view incident.host_now is
'Each host in service: how it is now, what its devices do, its load, its clock and its agent, as its newest row of system_metrics tells. '
'Warns when nobody has looked lately.';
comment on column incident.host_now.state is
'maintenance (of the whole host), silent, over limits, new (heard of, not yet for long enough to be missed), unknown (at a central '
'database: its site is not heard), or up.';
comment on column incident.host_now.reason is 'What is wrong with it, and for how long; null: nothing.';
comment on column incident.host_now.devices is
'Devices in service: up + down + silent + unknown + in_maintenance, by incident.state_history.';
comment on column incident.host_now.active_incidents is 'Of the host and its devices.';
comment on column incident.host_now.reported_at is 'Time of its newest row; its load, clock and agent are of that time.';
comment on column incident.host_now.clock_offset_seconds is
'How far its clock was ahead of the server''s; null: its agent does not say.';
comment on column incident.host_now.agent_problem is 'See incident.agent_health.';
comment on column incident.host_now.site is 'Name of its site; null where there is none but this database.';

revoke all on incident.host_now from public;
grant select on incident.host_now to incident_viewer;
