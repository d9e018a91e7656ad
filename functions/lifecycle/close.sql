create or replace function incident.close(
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
        incident_ids, operator, acted_at, changes_course => true
    );
    refusals incident_engine.refusal[];
    due bigint[];
begin
    refusals := array(
        select case s.status
            when 'closed'
                then (
                    s.incident_id, 'IN001', format('incident %s is closed already', s.incident_id),
                    format('It was closed at %s by %s.', s.closed_at, s.closed_by),
                    'incident.amend() corrects what was written; incident.comment() works, too.'
                )::incident_engine.refusal
            else (
                s.incident_id, 'IN001', format('incident %s cannot be closed: it is %s', s.incident_id, s.status),
                'It is closed when it is resolved: by the next healthy sample, or by hand.',
                'Call incident.resolve() first.'
            )::incident_engine.refusal
        end
        from unnest(subjects) as s
        where s.status <> 'resolved'
    );
    due := incident_engine.incidents_due(incident_ids, subjects, refusals, note, operator, acted_at);
    update public.system_incident as i
    set status = 'closed',
        closed_at = close.acted_at,
        closed_by = operator,
        root_cause = coalesce(close.root_cause, i.root_cause),
        resolution_notes = coalesce(note, i.resolution_notes),
        acted_at = close.acted_at,
        updated_by = operator,
        update_note = note
    where i.incident_id = any (due);
    return query select l.* from incident_engine.end_incident_changes(incident_ids) as l;
end
$$;

create or replace function incident.close(
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
    from incident.close(array[incident_id], note, root_cause, operator, acted_at) as l;
end;

comment on function incident.close(bigint, text, text, text, timestamptz) is
'Files a resolved incident: resolved -> closed, with its root cause. note replaces resolution_notes when given. '
'operator: who, by default the login. acted_at: when, by default now. Returns its line of the board. Errors: IN001 unless it '
'is resolved, IN002 when there is none with this number, 22004 for a null where a value is needed, 22023 for an '
'acted_at in the future or before the incident.';

comment on function incident.close(bigint[], text, text, text, timestamptz) is
'The same for many at once, array(select ...). One that it cannot be done to is left as it is, and a NOTICE says which and why; it is an '
'error when none is left. Nulls count for nothing. Returns a line of the board for each.';

revoke all on function incident.close(bigint, text, text, text, timestamptz) from public;
revoke all on function incident.close(bigint[], text, text, text, timestamptz) from public;
grant execute on function incident.close(bigint, text, text, text, timestamptz) to incident_operator;
grant execute on function incident.close(bigint[], text, text, text, timestamptz) to incident_operator;
