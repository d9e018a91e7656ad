create or replace function incident.comment(
    incident_ids bigint[],
    note text,
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
    due bigint[];
begin
    perform incident_engine.require_text(note, 'note');
    due := incident_engine.incidents_due(incident_ids, subjects, array[]::incident_engine.refusal[], note, operator, acted_at);
    perform incident_engine.add_comment(due, note, operator, acted_at);
    return query select l.* from incident_engine.end_incident_changes(incident_ids) as l;
end
$$;

create or replace function incident.comment(
    incident_id bigint,
    note text,
    operator text default incident.current_operator(),
    acted_at timestamptz default now()
)
returns incident.board_line
language sql
volatile
set search_path = pg_catalog, pg_temp
begin atomic
    select l
    from incident.comment(array[incident_id], note, operator, acted_at) as l;
end;

comment on function incident.comment(bigint, text, text, timestamptz) is
'Adds a note to an incident''s timeline, whatever its status. operator: who says it, by default the login. '
'acted_at: when, by default now. Returns its line of the board. Errors: IN002 when there is none with this number, 22004 for '
'a null where a value is needed, 22023 for an acted_at in the future or before the incident.';

comment on function incident.comment(bigint[], text, text, timestamptz) is
'The same for many at once, array(select ...). One that it cannot be done to is left as it is, and a NOTICE says which and why; it is an '
'error when none is left. Nulls count for nothing. Returns a line of the board for each.';

revoke all on function incident.comment(bigint, text, text, timestamptz) from public;
revoke all on function incident.comment(bigint[], text, text, timestamptz) from public;
grant execute on function incident.comment(bigint, text, text, timestamptz) to incident_operator;
grant execute on function incident.comment(bigint[], text, text, timestamptz) to incident_operator;
