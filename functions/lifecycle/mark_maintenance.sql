create or replace function incident_engine.mark_maintenance(
    since timestamptz, as_of timestamptz, host_name text default null
)
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    own_site constant integer := incident_engine.own_site();
    entries integer;
begin
    with silenced as (
        select i.host_name, i.incident_id, m.maintenance_id, m.reason,
            greatest(lower(m.effective_period), i.detected_at) as started_at,
            case
                when upper(m.effective_period) <= as_of and coalesce(i.resolved_at >= upper(m.effective_period), true)
                    then upper(m.effective_period)
            end as ended_at
        from incident.maintenance as m
        join public.system_incident as i
            on i.host_name = m.host_name
            and (m.device_name is null or (m.device_name, m.capture_folder) = (i.device_name, i.capture_folder))
        where
            m.effective_period && tstzrange(least(since, as_of), as_of, '[]')
            and i.retracted_at is null
            and incident_engine.site_of(i.host_name) = own_site
            and i.detected_at < upper(m.effective_period)
            and i.detected_at <= as_of
            and coalesce(i.resolved_at > lower(m.effective_period), true)
            and (m.host_name = mark_maintenance.host_name or mark_maintenance.host_name is null)
    ),

    -- Of windows that were ended so early that they never covered an incident which says that they did.
    called_off as (
        select i.host_name, i.incident_id, m.maintenance_id, m.reason, m.changed_at
        from incident.maintenance as m
        join public.system_incident as i using (host_name)
        join incident.timeline as t
            on t.host_name = i.host_name
            and t.incident_id = i.incident_id
            and t.event = 'maintenance_started'
            and t.to_value = 'maintenance ' || m.maintenance_id
        where
            m.ended_at is not null
            and m.changed_at between least(since, as_of) and as_of
            and not m.effective_period && tstzrange(i.detected_at, i.resolved_at)
            and i.detected_at < upper(m.period)
            and coalesce(i.resolved_at > lower(m.period), true)
            and incident_engine.site_of(i.host_name) = own_site
            and (m.host_name = mark_maintenance.host_name or mark_maintenance.host_name is null)
    ),

    entry as (
        select s.host_name, s.incident_id, 1 as position, s.started_at as happened_at, 'maintenance_started' as event,
            null as from_value, 'maintenance ' || s.maintenance_id as to_value, s.reason as note
        from silenced as s
        union all
        select s.host_name, s.incident_id, 2, s.ended_at, 'maintenance_ended', 'maintenance ' || s.maintenance_id, null,
            s.reason
        from silenced as s
        where s.ended_at is not null
        union all
        select c.host_name, c.incident_id, 3, c.changed_at, 'maintenance_ended', 'maintenance ' || c.maintenance_id, null,
            'called off: ' || c.reason
        from called_off as c
    ),

    missing as (
        select e.*
        from entry as e
        where not exists (
            select from incident.timeline as t
            where
                t.host_name = e.host_name
                and t.incident_id = e.incident_id
                and t.event = e.event
                and (t.from_value, t.to_value) is not distinct from (e.from_value, e.to_value)
                -- one that ended earlier than it was known to is told again
                and (e.event = 'maintenance_started' or t.happened_at = e.happened_at)
        )
    ),

    -- Nobody waits for a person: a timeline that somebody writes to is left for the next round.
    free as (
        select i.host_name, i.incident_id
        from public.system_incident as i
        where (i.host_name, i.incident_id) in (select m.host_name, m.incident_id from missing as m)
        for no key update skip locked
    )

    insert into incident.timeline (host_name, incident_id, happened_at, event, from_value, to_value, note, operator)
    select m.host_name, m.incident_id, m.happened_at, m.event, m.from_value, m.to_value, m.note, 'engine'
    from missing as m
    join free as f using (host_name, incident_id)
    order by m.host_name, m.incident_id, m.happened_at, m.position;
    get diagnostics entries = row_count;
    return entries;
end
$$;

comment on function incident_engine.mark_maintenance(timestamptz, timestamptz, text) is
'Writes into the timeline of incidents which maintenance silenced them, and when it ended while they lasted, for maintenance that '
'took place between since and as_of, and which was called off then; entries that are there are not written again. host_name: null for all. Returns how many.';

revoke all on function incident_engine.mark_maintenance(timestamptz, timestamptz, text) from public;
