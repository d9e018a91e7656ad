create or replace function incident_engine.leave_held(
    matches incident_engine.incident_match[], stretches incident_engine.stretch[], regions incident_engine.touch[]
)
returns incident_engine.incident_match[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set enable_hashjoin = on
as $$
declare
    held constant bigint[] := incident_engine.held_incidents(
        array(select distinct m.host_name from unnest(matches) as m),
        array(
            select m.incident_id
            from unnest(matches) as m
            join public.system_incident as i on i.host_name = m.host_name and i.incident_id = m.incident_id
            left join unnest(stretches) with ordinality as s (
                host_name, device_name, capture_folder, component, started_at, ended_at,
                severity, first_severity, severity_since, reopen_count, reopened_at, flapping_since, stretch_no
            ) on s.stretch_no = m.stretch_no
            where
                (
                    i.detected_at, coalesce(i.resolved_at, 'infinity'), i.severity, i.engine_reopen_count, i.flapping_since
                ) is distinct from (s.started_at, s.ended_at, s.severity, s.reopen_count, s.flapping_since)
        )
    );
begin
    if held = '{}' then
        return matches;
    end if;

    -- The component as a whole: what comes after an incident that cannot be ended cannot begin.
    perform incident_engine.defer_spans(
        array_agg(
            case i.component
                when 'system' then (r.host_name, '', '', r.from_time, r.to_time)::incident_engine.touch
                else r
            end
        ),
        '55P03',
        'somebody works on an incident in a transaction left open'
    )
    from public.system_incident as i
    join unnest(regions) as r using (host_name, device_name, capture_folder)
    where i.incident_id = any (held);

    return (
        select array_agg(m)
        from unnest(matches) as m
        left join public.system_incident as i on i.host_name = m.host_name and i.incident_id = m.incident_id
        left join unnest(stretches) with ordinality as s (
            host_name, device_name, capture_folder, component, started_at, ended_at,
            severity, first_severity, severity_since, reopen_count, reopened_at, flapping_since, stretch_no
        ) on s.stretch_no = m.stretch_no
        where not exists (
            select from public.system_incident as h
            where
                h.incident_id = any (held)
                and (h.host_name, h.device_name, h.capture_folder, h.component) = (
                    coalesce(i.host_name, s.host_name),
                    coalesce(i.device_name, s.device_name),
                    coalesce(i.capture_folder, s.capture_folder),
                    coalesce(i.component, s.component)
                )
        )
    );
end
$$;

comment on function incident_engine.leave_held(
    incident_engine.incident_match[], incident_engine.stretch[], incident_engine.touch[]
) is
'Nobody waits for a person: takes the components out of the matches of which somebody holds an incident in a transaction left open, '
'and defers their spans.';

revoke all on function incident_engine.leave_held(
    incident_engine.incident_match[], incident_engine.stretch[], incident_engine.touch[]
) from public;
