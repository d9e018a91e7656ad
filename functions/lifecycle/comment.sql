create or replace function incident.comment(
    incident_id bigint,
    note text,
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
    perform incident_engine.require_text(note, 'note');
    update public.system_incident as i
    set acted_at = comment.acted_at
    where i.host_name = subject.host_name and i.incident_id = comment.incident_id;
    insert into incident.timeline (host_name, incident_id, happened_at, event, note, operator)
    values (subject.host_name, subject.incident_id, acted_at, 'commented', note, operator);
    return incident_engine.end_incident_change(subject);
end
$$;

comment on function incident.comment(bigint, text, text, timestamptz) is
'Adds a note to an incident''s timeline, whatever its status. operator: who says it, by default the login. '
'acted_at: when, by default now. Returns the incident. Errors: IN002 when there is none with this number, 22004 for '
'a null where a value is needed, 22023 for an acted_at in the future or before the incident.';

revoke all on function incident.comment(bigint, text, text, timestamptz) from public;
grant execute on function incident.comment(bigint, text, text, timestamptz) to incident_operator;
