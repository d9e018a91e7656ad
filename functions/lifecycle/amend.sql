create or replace function incident.amend(
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
    subject constant public.system_incident := incident_engine.begin_incident_change(incident_id, operator, acted_at);
begin
    perform incident_engine.require_text(coalesce(nullif(btrim(note), ''), root_cause), 'note');
    if subject.status not in ('resolved', 'closed') then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s has nothing to amend: it is %s', incident_id, subject.status),
            hint = 'Name note and root_cause when you resolve it; incident.comment() works now.';
    end if;
    update public.system_incident as i
    set resolution_notes = coalesce(nullif(btrim(note), ''), i.resolution_notes),
        root_cause = coalesce(nullif(btrim(amend.root_cause), ''), i.root_cause),
        acted_at = amend.acted_at,
        updated_by = operator,
        update_note = note
    where i.host_name = subject.host_name and i.incident_id = amend.incident_id;
    return incident_engine.end_incident_change(subject);
end
$$;

comment on function incident.amend(bigint, text, text, text, timestamptz) is
'Corrects what was written when an incident was resolved or closed: note replaces resolution_notes, root_cause the root cause, what is '
'left out stays. The timeline keeps what it was. operator: who, by default the login. acted_at: when, by default now. Returns the '
'incident. Errors: IN001 while it is open or in_progress, IN002 when there is none with this number, 22004 when neither is given, 22023 '
'for an acted_at in the future or before the incident.';

revoke all on function incident.amend(bigint, text, text, text, timestamptz) from public;
grant execute on function incident.amend(bigint, text, text, text, timestamptz) to incident_operator;
