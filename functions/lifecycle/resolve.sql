create or replace function incident.resolve(
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
        select (
            s.incident_id, 'IN001', format('incident %s is %s already', s.incident_id, s.status),
            format('It was resolved at %s by %s.', s.resolved_at, s.resolved_by),
            case s.status
                when 'resolved' then 'Call incident.close(), or incident.reopen() if it is not over.'
                else 'Call incident.reopen() if it is not over; incident.comment() works now.'
            end
        )::incident_engine.refusal
        from unnest(subjects) as s
        where s.status in ('resolved', 'closed')
    );
    due := incident_engine.incidents_due(incident_ids, subjects, refusals, note, operator, acted_at);
    update public.system_incident as i
    set status = 'resolved',
        resolved_at = greatest(resolve.acted_at, i.detected_at),
        resolved_by = operator,
        root_cause = coalesce(resolve.root_cause, i.root_cause),
        resolution_notes = coalesce(note, i.resolution_notes),
        acted_at = resolve.acted_at,
        updated_by = operator,
        update_note = note
    where i.incident_id = any (due);
    return query select l.* from incident_engine.end_incident_changes(incident_ids) as l;
end
$$;

create or replace function incident.resolve(
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
    from incident.resolve(array[incident_id], note, root_cause, operator, acted_at) as l;
end;

comment on function incident.resolve(bigint, text, text, text, timestamptz) is
'Ends an incident by hand, now: open or in_progress -> resolved. If the device still fails, its next failing '
'sample opens a new incident. note is kept as resolution_notes. operator: who, by default the login. acted_at: '
'when, by default now. Returns its line of the board. Errors: IN001 when it is resolved or closed already, IN002 when there '
'is none with this number, 22004 for a null where a value is needed, 22023 for an acted_at in the future or before '
'the incident.';

comment on function incident.resolve(bigint[], text, text, text, timestamptz) is
'The same for many at once, array(select ...). One that it cannot be done to is left as it is, and a NOTICE says which and why; it is an '
'error when none is left. Nulls count for nothing. Returns a line of the board for each.';

revoke all on function incident.resolve(bigint, text, text, text, timestamptz) from public;
revoke all on function incident.resolve(bigint[], text, text, text, timestamptz) from public;
grant execute on function incident.resolve(bigint, text, text, text, timestamptz) to incident_operator;
grant execute on function incident.resolve(bigint[], text, text, text, timestamptz) to incident_operator;
