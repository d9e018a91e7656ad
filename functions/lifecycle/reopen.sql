create or replace function incident.reopen(
    incident_ids bigint[],
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
        incident_ids, operator, acted_at, changes_course => true
    );
    refusals incident_engine.refusal[];
    due bigint[];
begin
    refusals := array(
        select r
        from unnest(subjects) as s
        cross join lateral incident_engine.reopen_refusal(s, incident_ids) as r
        where r.message is not null
    );
    due := incident_engine.incidents_due(incident_ids, subjects, refusals, note, operator, acted_at);
    update public.system_incident as i
    set status = 'open',
        resolved_at = null,
        resolved_by = null,
        closed_at = null,
        closed_by = null,
        reopen_count = i.reopen_count + 1,
        acted_at = reopen.acted_at,
        updated_by = operator,
        update_note = note
    where i.incident_id = any (due);
    return query select l.* from incident_engine.end_incident_changes(incident_ids) as l;
end
$$;

create or replace function incident.reopen(
    incident_id bigint,
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
    from incident.reopen(array[incident_id], note, operator, acted_at) as l;
end;

comment on function incident.reopen(bigint, text, text, timestamptz) is
'It is not over: resolved or closed -> open, if no other incident of the component is active or came after it. It stays open until it '
'is resolved by hand, or until the component fails and recovers again. The first acknowledgement is kept. operator: who, by default the '
'login. acted_at: when, by default now. Returns its line of the board. Errors: IN001 unless it is resolved or closed and nothing else is '
'active, IN002 when there is none with this number, 22004 for a null where a value is needed, 22023 for an acted_at in the future or '
'before the incident.';

comment on function incident.reopen(bigint[], text, text, timestamptz) is
'The same for many at once, array(select ...). One that it cannot be done to is left as it is, and a NOTICE says which and why; it is an '
'error when none is left. Nulls count for nothing. Returns a line of the board for each.';

revoke all on function incident.reopen(bigint, text, text, timestamptz) from public;
revoke all on function incident.reopen(bigint[], text, text, timestamptz) from public;
grant execute on function incident.reopen(bigint, text, text, timestamptz) to incident_operator;
grant execute on function incident.reopen(bigint[], text, text, timestamptz) to incident_operator;
