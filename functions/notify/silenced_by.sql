-- Inlined into the queries that ask for many: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.silenced_by(subject public.system_incident, as_of timestamptz)
returns text
language sql
stable
begin atomic
    select coalesce(
        (
            select 'maintenance ' || min(m.maintenance_id)
            from incident.maintenance as m
            where
                m.effective_period @> as_of
                and m.host_name = (subject).host_name
                and (
                    m.device_name is null
                    or (m.device_name, m.capture_folder) = ((subject).device_name, (subject).capture_folder)
                )
        ),
        (
            select 'part of incident ' || h.incident_id
            from public.system_incident as h
            where
                h.host_name = (subject).host_name
                and h.incident_id = (subject).part_of
                and h.status in ('open', 'in_progress')
        )
    );
end;

comment on function incident_engine.silenced_by(public.system_incident, timestamptz) is
'Why an active incident is not told to anybody at a moment: the maintenance it is in, or the active incident of its host that it is '
'part of. Null when it may be told.';

revoke all on function incident_engine.silenced_by(public.system_incident, timestamptz) from public;
grant execute on function incident_engine.silenced_by(public.system_incident, timestamptz) to incident_viewer;
