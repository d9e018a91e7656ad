create or replace function incident.unassign(
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
    if subject.assignee is null or subject.status = 'closed' then
        raise exception using
            errcode = 'IN001',
            message = format(
                'incident %s cannot be taken from anybody: it is %s', incident_id,
                case when subject.status = 'closed' then 'closed' else 'assigned to nobody' end
            ),
            hint = 'incident.comment() still works.';
    end if;
    update public.system_incident as i
    set assignee = null,
        acted_at = unassign.acted_at,
        updated_by = operator,
        update_note = note
    where i.host_name = subject.host_name and i.incident_id = unassign.incident_id;
    return incident_engine.end_incident_change(subject);
end
$$;

comment on function incident.unassign(bigint, text, text, timestamptz) is
'Takes an incident from whoever it is assigned to. operator: who, by default the login. acted_at: when, by default now. Returns the '
'incident. Errors: IN001 when it is closed or nobody''s, IN002 when there is none with this number, 22004 for a null where a value is '
'needed, 22023 for an acted_at in the future or before the incident.';

revoke all on function incident.unassign(bigint, text, text, timestamptz) from public;
grant execute on function incident.unassign(bigint, text, text, timestamptz) to incident_operator;
