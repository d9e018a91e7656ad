create or replace function incident.snooze(
    incident_id bigint,
    until timestamptz,
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
    if until is null or not isfinite(until) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('until must be a moment, but is %s', coalesce(until::text, 'null')),
            hint = 'until => now() + interval ''2 hours''; now() ends a snooze.';
    end if;
    if subject.status not in ('open', 'in_progress') then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s is %s: there is nothing to snooze', incident_id, subject.status),
            hint = 'select * from incident.active lists what people are told of.';
    end if;
    update public.system_incident as i
    set snoozed_until = snooze.until,
        acted_at = snooze.acted_at,
        updated_by = operator,
        update_note = note
    where i.host_name = subject.host_name and i.incident_id = snooze.incident_id;
    insert into incident.timeline (host_name, incident_id, happened_at, event, to_value, note, operator)
    values (subject.host_name, subject.incident_id, acted_at, 'snoozed', incident_engine.utc_text(until), note, operator);
    return incident_engine.end_incident_change(subject);
end
$$;

comment on function incident.snooze(bigint, timestamptz, text, text, timestamptz) is
'Nobody is told of the incident before a moment; if it lasts until then they are. until => now() ends a snooze. operator: who, by default '
'the login. acted_at: when, by default now. Returns the incident. Errors: IN001 when it is over, IN002 when there is none with this '
'number, 22004, 22023.';

revoke all on function incident.snooze(bigint, timestamptz, text, text, timestamptz) from public;
grant execute on function incident.snooze(bigint, timestamptz, text, text, timestamptz) to incident_operator;
