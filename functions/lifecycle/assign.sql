create or replace function incident.assign(
    incident_id bigint,
    assignee text,
    note text default null,
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
    perform incident_engine.require_text(assignee, 'assignee');
    if subject.status = 'closed' then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s cannot be assigned: it is closed', incident_id),
            hint = 'incident.comment() still works.';
    end if;
    update public.system_incident as i
    set assignee = assign.assignee,
        acted_at = assign.acted_at,
        updated_by = operator,
        update_note = note
    where i.host_name = subject.host_name and i.incident_id = assign.incident_id;
    return incident_engine.end_incident_change(subject);
end
$$;

comment on function incident.assign(bigint, text, text, text, timestamptz) is
'Says who works on an incident; the status stays what it is. operator: who assigns, by default the login. '
'acted_at: when, by default now. Returns the incident. Errors: IN001 when it is closed, IN002 when there is none '
'with this number, 22004 for a null where a value is needed, 22023 for an acted_at in the future or before the '
'incident.';

revoke all on function incident.assign(bigint, text, text, text, timestamptz) from public;
grant execute on function incident.assign(bigint, text, text, text, timestamptz) to incident_operator;
