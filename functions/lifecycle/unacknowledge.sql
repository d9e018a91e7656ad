create or replace function incident.unacknowledge(
    incident_id bigint,
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
    if subject.status <> 'in_progress' then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s is not being worked on: it is %s', incident_id, subject.status),
            hint = case subject.status
                when 'open' then 'Nobody has acknowledged it.'
                else 'Call incident.reopen() if it is not over; incident.comment() always works.'
            end;
    end if;
    update public.system_incident as i
    set status = 'open',
        acknowledged_at = null,
        acknowledged_by = null,
        acted_at = unacknowledge.acted_at,
        updated_by = operator,
        update_note = note
    where i.host_name = subject.host_name and i.incident_id = unacknowledge.incident_id;
    return incident_engine.end_incident_change(subject);
end
$$;

comment on function incident.unacknowledge(bigint, text, text, timestamptz) is
'Nobody is on it after all: in_progress -> open. The timeline keeps that it was acknowledged, and by whom. operator: who, by default '
'the login. acted_at: when, by default now. Returns the incident. Errors: IN001 unless it is in_progress, IN002 when there is none with '
'this number, 22004 for a null where a value is needed, 22023 for an acted_at in the future or before the incident.';

revoke all on function incident.unacknowledge(bigint, text, text, timestamptz) from public;
grant execute on function incident.unacknowledge(bigint, text, text, timestamptz) to incident_operator;
