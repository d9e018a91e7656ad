create or replace function incident_engine.update_incidents(
    matches incident_engine.incident_match[], stretches incident_engine.stretch[], active boolean
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set enable_hashjoin = on
as $$
begin
    update public.system_incident as i
    set detected_at = s.started_at,
        resolved_at = nullif(s.ended_at, 'infinity'),
        status = case
            when active and i.status in ('open', 'in_progress') then i.status
            when active then case when i.acknowledged_at is null then 'open' else 'in_progress' end
            when i.closed_by is not null then 'closed'
            else 'resolved'
        end,
        closed_at = case when not active then coalesce(i.closed_at, (
            select min(a.acted_at)
            from incident_engine.operator_action as a
            where
                i.closed_by is not null
                and a.host_name = i.host_name
                and a.device_name = i.device_name
                and a.capture_folder = i.capture_folder
                and a.component = i.component
                and a.action = 'seal'
                and a.acted_at >= i.anchored_at
        )) end,
        resolved_by = case when not active then coalesce(i.resolved_by, 'engine') end,
        severity = s.severity,
        detected_severity = s.first_severity,
        severity_since = s.severity_since,
        description = incident_engine.describe(
            i.component, s.severity, i.host_name, i.device_name, i.capture_folder
        ),
        updated_by = 'engine',
        update_note = case
            when i.retracted_at is not null then 'later samples show that it was after all'
            when s.reopened_at > i.resolved_at then 'failed again'
            when i.resolved_at is not null or i.detected_at <> s.started_at then 'corrected by late samples'
        end,
        reopen_count = i.reopen_count - i.engine_reopen_count + s.reopen_count,
        engine_reopen_count = s.reopen_count,
        reopened_at = s.reopened_at,
        flapping_since = s.flapping_since,
        retracted_at = null
    from unnest(matches) as m
    join unnest(stretches) with ordinality as s (
        host_name, device_name, capture_folder, component, started_at, ended_at,
        severity, first_severity, severity_since, reopen_count, reopened_at, flapping_since, stretch_no
    ) using (stretch_no)
    where
        i.host_name = m.host_name
        and i.incident_id = m.incident_id
        and (s.ended_at = 'infinity') = active
        and (
            i.detected_at, i.resolved_at, i.severity, i.detected_severity, i.severity_since,
            i.engine_reopen_count, i.reopened_at, i.flapping_since, i.retracted_at
        )
        is distinct from (
            s.started_at, nullif(s.ended_at, 'infinity'), s.severity, s.first_severity, s.severity_since,
            s.reopen_count, s.reopened_at, s.flapping_since, null
        );
end
$$;

comment on function incident_engine.update_incidents(
    incident_engine.incident_match[], incident_engine.stretch[], boolean
) is
'Writes what a fold found out about recorded incidents: those that are over (active false), or that last (active true).';

revoke all on function incident_engine.update_incidents(
    incident_engine.incident_match[], incident_engine.stretch[], boolean
) from public;
