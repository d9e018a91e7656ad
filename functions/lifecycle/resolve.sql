create or replace function incident.resolve(
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
    if subject.status in ('resolved', 'closed') then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s is %s already', incident_id, subject.status),
            detail = format('It was resolved at %s by %s.', subject.resolved_at, subject.resolved_by),
            hint = case subject.status
                when 'resolved' then 'Call incident.close(), or incident.reopen() if it is not over.'
                else 'A new failure opens a new incident; incident.comment() still works.'
            end;
    end if;
    update public.system_incident as i
    set status = 'resolved',
        resolved_at = greatest(resolve.acted_at, i.detected_at),
        resolved_by = operator,
        root_cause = coalesce(resolve.root_cause, i.root_cause),
        resolution_notes = coalesce(note, i.resolution_notes),
        acted_at = resolve.acted_at,
        updated_by = operator,
        update_note = note
    where i.host_name = subject.host_name and i.incident_id = resolve.incident_id;
    return incident_engine.end_incident_change(subject);
end
$$;

comment on function incident.resolve(bigint, text, text, text, timestamptz) is
'Ends an incident by hand, now: open or in_progress -> resolved. If the device still fails, its next failing '
'sample opens a new incident. note is kept as resolution_notes. operator: who, by default the login. acted_at: '
'when, by default now. Returns the incident. Errors: IN001 when it is resolved or closed already, IN002 when there '
'is none with this number, 22004 for a null where a value is needed, 22023 for an acted_at in the future or before '
'the incident.';

revoke all on function incident.resolve(bigint, text, text, text, timestamptz) from public;
grant execute on function incident.resolve(bigint, text, text, text, timestamptz) to incident_operator;
