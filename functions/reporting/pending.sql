create or replace view incident.pending as
select
    d.host_name,
    d.device_name,
    d.capture_folder,
    c.component,
    case when i.incident_id is null then 'failure' else 'recovery' end as what,
    r.since,
    r.since + case when i.incident_id is null then p.open_after else p.resolve_after end as counts_from,
    i.incident_id,
    i.flapping_since
from incident.device as d
cross join
    lateral (
        values
        (
            'ffmpeg',
            case
                when d.ffmpeg_status in ('stuck', 'stopped') then 'failing' when
                    d.ffmpeg_status = 'active'
                    then 'healthy'
            end
        ),
        (
            'monitor',
            case
                when d.monitor_status in ('stuck', 'stopped') then 'failing' when
                    d.monitor_status = 'active'
                    then 'healthy'
            end
        )
    ) as c (component, condition)
left join public.system_incident as i
    on i.host_name = d.host_name
    and i.device_name = d.device_name
    and i.capture_folder = d.capture_folder
    and i.component = c.component
    and i.status in ('open', 'in_progress')
cross join lateral incident_engine.effective_policy(d.host_name, d.device_name, d.capture_folder, c.component) as p
cross join
    lateral (
        select min(s.started_at) as since
        from incident_engine.component_state as s
        where
            s.host_name = d.host_name
            and s.device_name = d.device_name
            and s.capture_folder = d.capture_folder
            and s.component = c.component
            and s.condition = c.condition
            and s.started_at > coalesce((
                select max(o.started_at)
                from incident_engine.component_state as o
                where
                    o.host_name = d.host_name
                    and o.device_name = d.device_name
                    and o.capture_folder = d.capture_folder
                    and o.component = c.component
                    and o.condition not in (c.condition, 'neutral')
            ), '-infinity')
    ) as r
where
    d.recheck_until = 'infinity'
    and (c.condition = 'failing' and i.incident_id is null or c.condition = 'healthy' and i.incident_id is not null);

comment on view incident.pending is
'Failures and recoveries that do not count yet: those that have not lasted for open_after or resolve_after, recoveries while the '
'component flaps or of an incident that was reopened by hand, failures since an incident was resolved by hand.';
comment on column incident.pending.what is 'failure: may open an incident; recovery: may resolve incident_id.';
comment on column incident.pending.since is 'Since when the component fails, or is healthy.';
comment on column incident.pending.counts_from is
'A sample that still says so from then on makes it count, from since on.';
comment on column incident.pending.flapping_since is 'Set while it flaps: no recovery counts until that ends.';

revoke all on incident.pending from public;
grant select on incident.pending to incident_viewer;
