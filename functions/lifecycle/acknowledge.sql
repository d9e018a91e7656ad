create or replace function incident.acknowledge(
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
        update public.system_incident as i
        set status = 'in_progress',
            acknowledged_at = coalesce(i.acknowledged_at, acknowledge.acted_at),
            acknowledged_by = coalesce(i.acknowledged_by, operator),
            acted_at = acknowledge.acted_at,
            updated_by = operator,
            update_note = note
        where i.host_name = subject.host_name and i.incident_id = acknowledge.incident_id;
    else
        raise notice 'incident % was acknowledged by % already, at %', incident_id, subject.acknowledged_by,
            subject.acknowledged_at
            using hint = case when note is null then 'Nothing has changed.' else 'The note is kept as a comment.' end;
        if note is not null then
            perform incident.comment(incident_id, note, operator, acted_at);
        end if;
    end if;
    return incident_engine.end_incident_change(subject);
end
$$;

comment on function incident.acknowledge(bigint, text, text, timestamptz) is
'Somebody is on it: open -> in_progress. Doing it twice keeps the first person and time, and the note as a comment. operator: who, '
'by default the login. acted_at: when, by default now. Returns the incident. Errors: IN001 when it is resolved or '
'closed, IN002 when there is none with this number, 22004 for a null where a value is needed, 22023 for an '
'acted_at in the future or before the incident.';

revoke all on function incident.acknowledge(bigint, text, text, timestamptz) from public;
grant execute on function incident.acknowledge(bigint, text, text, timestamptz) to incident_operator;
