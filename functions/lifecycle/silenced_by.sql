-- Inlined into the queries that ask for many: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.silenced_by(subject public.system_incident, as_of timestamptz)
returns table (silence text)
language sql
stable
rows 1
begin atomic
    select coalesce(
        'dismissed by ' || (subject).dismissed_by,
        (
            select 'maintenance ' || min(m.maintenance_id)
            from incident.maintenance as m
            where
                m.effective_period @> as_of
                and incident_engine.maintenance_covers(
                    m, (subject).host_name, (subject).device_name, (subject).capture_folder
                )
        ),
        (
            select 'part of incident ' || h.incident_id
            from public.system_incident as h
            where
                (subject).part_of is not null
                and h.incident_id = (subject).part_of
                -- `is not distinct from` keeps the planner from an index that begins with host_name, and so from the host's every
                -- active incident.
                and h.host_name is not distinct from (subject).host_name
                and h.status in ('open', 'in_progress')
        ),
        case
            when (subject).snoozed_until > as_of
                then 'snoozed until '
                    || to_char((subject).snoozed_until at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
                    || ' UTC'
        end
    ) as silence;
end;

comment on function incident_engine.silenced_by(public.system_incident, timestamptz) is
'Why an active incident is not told to anybody at a moment: the maintenance it is in, the active incident of its host that it is '
'part of, or that a person dismissed or snoozed it. One row, null when it may be told.';

revoke all on function incident_engine.silenced_by(public.system_incident, timestamptz) from public;
grant execute on function incident_engine.silenced_by(public.system_incident, timestamptz) to incident_viewer;
