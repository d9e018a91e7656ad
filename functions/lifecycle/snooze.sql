create or replace function incident.snooze(
    incident_ids bigint[],
    until timestamptz,
    note text default null,
    operator text default incident.current_operator(),
    acted_at timestamptz default now()
)
returns setof incident.board_line
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    subjects constant public.system_incident[] := incident_engine.begin_incident_changes(
        incident_ids, operator, acted_at
    );
    refusals incident_engine.refusal[];
    due bigint[];
begin
    if until is null or not isfinite(until) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('until must be a moment, but is %s', coalesce(until::text, 'null')),
            hint = 'until => now() + interval ''2 hours''; now() ends a snooze.';
    end if;
    refusals := array(
        select (
            s.incident_id, 'IN001',
            format('incident %s is %s: there is nothing to snooze', s.incident_id, s.status),
            'People are told of open incidents and of those in progress.',
            'select * from incident.board lists what people are told of.'
        )::incident_engine.refusal
        from unnest(subjects) as s
        where s.status not in ('open', 'in_progress')
    );
    due := incident_engine.incidents_due(incident_ids, subjects, refusals, note, operator, acted_at);
    update public.system_incident as i
    set snoozed_until = snooze.until,
        acted_at = snooze.acted_at,
        updated_by = operator,
        update_note = note
    where i.incident_id = any (due);
    insert into incident.timeline (host_name, incident_id, happened_at, event, to_value, note, operator)
    select s.host_name, s.incident_id, snooze.acted_at, 'snoozed', incident_engine.utc_text(until), note, operator
    from unnest(subjects) as s
    where s.incident_id = any (due)
    order by s.incident_id;
    return query select l.* from incident_engine.end_incident_changes(incident_ids) as l;
end
$$;

create or replace function incident.snooze(
    incident_id bigint,
    until timestamptz,
    note text default null,
    operator text default incident.current_operator(),
    acted_at timestamptz default now()
)
returns incident.board_line
language sql
volatile
set search_path = pg_catalog, pg_temp
begin atomic
    select l
    from incident.snooze(array[incident_id], until, note, operator, acted_at) as l;
end;

comment on function incident.snooze(bigint, timestamptz, text, text, timestamptz) is
'Nobody is told of the incident before a moment; if it lasts until then they are. until => now() ends a snooze. operator: who, by default '
'the login. acted_at: when, by default now. Returns its line of the board. Errors: IN001 when it is over, IN002 when there is none with this '
'number, 22004, 22023.';

comment on function incident.snooze(bigint[], timestamptz, text, text, timestamptz) is
'The same for many at once, array(select ...). One that it cannot be done to is left as it is, and a NOTICE says which and why; it is an '
'error when none is left. Nulls count for nothing. Returns a line of the board for each.';

revoke all on function incident.snooze(bigint, timestamptz, text, text, timestamptz) from public;
revoke all on function incident.snooze(bigint[], timestamptz, text, text, timestamptz) from public;
grant execute on function incident.snooze(bigint, timestamptz, text, text, timestamptz) to incident_operator;
grant execute on function incident.snooze(bigint[], timestamptz, text, text, timestamptz) to incident_operator;
