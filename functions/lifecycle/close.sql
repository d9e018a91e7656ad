create or replace function incident.close(
    incident_id bigint,
    note text default null,
    root_cause text default null,
    operator text default session_user,
    acted_at timestamptz default now()
)
returns public.system_incident
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    subject constant public.system_incident := incident_engine.begin_incident_change(
        incident_id, operator, acted_at, changes_course => true
    );
begin
    if subject.status = 'closed' then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s is closed already', incident_id),
            detail = format('It was closed at %s by %s.', subject.closed_at, subject.closed_by),
            hint = 'incident.comment() still works.';
    end if;
    update public.system_incident as i
    set status = 'closed',
        closed_at = close.acted_at,
        closed_by = operator,
        root_cause = coalesce(close.root_cause, i.root_cause),
        resolution_notes = coalesce(note, i.resolution_notes),
        acted_at = close.acted_at,
        updated_by = operator,
        update_note = note
    where i.host_name = subject.host_name and i.incident_id = close.incident_id;
    return incident_engine.end_incident_change(subject);
end
$$;

comment on function incident.close(bigint, text, text, text, timestamptz) is
'Files a resolved incident: resolved -> closed, with its root cause. note replaces resolution_notes when given. '
'operator: who, by default the login. acted_at: when, by default now. Returns the incident. Errors: IN001 unless it '
'is resolved, IN002 when there is none with this number, 22004 for a null where a value is needed, 22023 for an '
'acted_at in the future or before the incident.';

revoke all on function incident.close(bigint, text, text, text, timestamptz) from public;
grant execute on function incident.close(bigint, text, text, text, timestamptz) to incident_operator;
