create or replace function incident.undismiss(
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
        incident_ids, operator, acted_at
    );
    refusals incident_engine.refusal[];
    due bigint[];
begin
    refusals := array(
        select (
            s.incident_id, 'IN001', format('incident %s was not dismissed', s.incident_id),
            'Only what was called a false alarm can be taken for a true one again.', 'incident.comment() works now.'
        )::incident_engine.refusal
        from unnest(subjects) as s
        where s.dismissed_at is null
    );
    due := incident_engine.incidents_due(incident_ids, subjects, refusals, note, operator, acted_at);
    update public.system_incident as i
    set dismissed_at = null,
        dismissed_by = null,
        acted_at = undismiss.acted_at,
        updated_by = operator,
        update_note = note
    where i.incident_id = any (due);
    return query select l.* from incident_engine.end_incident_changes(incident_ids) as l;
end
$$;

create or replace function incident.undismiss(
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
    from incident.undismiss(array[incident_id], note, operator, acted_at) as l;
end;

comment on function incident.undismiss(bigint, text, text, timestamptz) is
'It was no false alarm: takes back dismiss(); reports count it again, and people are told while it lasts. operator: who, by default '
'the login. acted_at: when, by default now. Returns its line of the board. Errors: IN001 when nobody has dismissed it, IN002 when there '
'is none with this number, 22004 for a null where a value is needed, 22023 for an acted_at in the future or before the incident.';

comment on function incident.undismiss(bigint[], text, text, timestamptz) is
'The same for many at once, array(select ...). One that it cannot be done to is left as it is, and a NOTICE says which and why; it is an '
'error when none is left. Nulls count for nothing. Returns a line of the board for each.';

revoke all on function incident.undismiss(bigint, text, text, timestamptz) from public;
revoke all on function incident.undismiss(bigint[], text, text, timestamptz) from public;
grant execute on function incident.undismiss(bigint, text, text, timestamptz) to incident_operator;
grant execute on function incident.undismiss(bigint[], text, text, timestamptz) to incident_operator;
