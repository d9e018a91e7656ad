create or replace function incident.amend(
    incident_ids bigint[],
    note text default null,
    root_cause text default null,
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
    perform incident_engine.require_text(coalesce(nullif(btrim(note), ''), root_cause), 'note');
    refusals := array(
        select (
            s.incident_id, 'IN001',
            format('incident %s has nothing to amend: it is %s', s.incident_id, s.status),
            'What is amended is written when an incident is resolved or closed.',
            'Name note and root_cause when you resolve it; incident.comment() works now.'
        )::incident_engine.refusal
        from unnest(subjects) as s
        where s.status not in ('resolved', 'closed')
    );
    due := incident_engine.incidents_due(incident_ids, subjects, refusals, note, operator, acted_at);
    update public.system_incident as i
    set resolution_notes = coalesce(nullif(btrim(note), ''), i.resolution_notes),
        root_cause = coalesce(nullif(btrim(amend.root_cause), ''), i.root_cause),
        acted_at = amend.acted_at,
        updated_by = operator,
        update_note = note
    where i.incident_id = any (due);
    return query select l.* from incident_engine.end_incident_changes(incident_ids) as l;
end
$$;

create or replace function incident.amend(
    incident_id bigint,
    note text default null,
    root_cause text default null,
    operator text default incident.current_operator(),
    acted_at timestamptz default now()
)
returns incident.board_line
language sql
volatile
set search_path = pg_catalog, pg_temp
begin atomic
    select l
    from incident.amend(array[incident_id], note, root_cause, operator, acted_at) as l;
end;

comment on function incident.amend(bigint, text, text, text, timestamptz) is
'Corrects what was written when an incident was resolved or closed: note replaces resolution_notes, root_cause the root cause, what is '
'left out stays. The timeline keeps what it was. operator: who, by default the login. acted_at: when, by default now. Returns its '
'line of the board. Errors: IN001 while it is open or in_progress, IN002 when there is none with this number, 22004 when neither is '
'given, 22023 for an acted_at in the future or before the incident.';

comment on function incident.amend(bigint[], text, text, text, timestamptz) is
'The same for many at once, array(select ...). One that it cannot be done to is left as it is, and a NOTICE says which and why; it is an '
'error when none is left. Nulls count for nothing. Returns a line of the board for each.';

revoke all on function incident.amend(bigint, text, text, text, timestamptz) from public;
revoke all on function incident.amend(bigint[], text, text, text, timestamptz) from public;
grant execute on function incident.amend(bigint, text, text, text, timestamptz) to incident_operator;
grant execute on function incident.amend(bigint[], text, text, text, timestamptz) to incident_operator;
