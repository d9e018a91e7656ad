create or replace function incident_engine.silenced_until(subject public.system_incident, as_of timestamptz)
returns timestamptz
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select greatest(
        (
            select max(upper(m.effective_period))
            from incident.maintenance as m
            where
                m.effective_period && tstzrange((subject).created_at, as_of, '[]')
                and upper(m.effective_period) <= as_of
                and incident_engine.maintenance_covers(
                    m, (subject).host_name, (subject).device_name, (subject).capture_folder
                )
        ),
        (
            select h.updated_at
            from public.system_incident as h
            where
                h.host_name = (subject).host_name
                and h.incident_id = (subject).part_of
                and h.status not in ('open', 'in_progress')
        ),
        case when (subject).snoozed_until <= as_of then (subject).snoozed_until end
    );
end;

comment on function incident_engine.silenced_until(public.system_incident, timestamptz) is
'When the last of what silenced an incident was over, as far as it was by as_of: its maintenance or the time it was snoozed for ended, or '
'the database learned that the incident of its host had. Null when nothing has silenced it.';

revoke all on function incident_engine.silenced_until(public.system_incident, timestamptz) from public;
