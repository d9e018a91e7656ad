create or replace function incident.assign(
    incident_ids bigint[],
    assignee text,
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
    perform incident_engine.require_text(assignee, 'assignee');
    refusals := array(
        select case
            when s.status = 'closed'
                then (
                    s.incident_id, 'IN001', format('incident %s cannot be assigned: it is closed', s.incident_id),
                    format('It was closed at %s by %s.', s.closed_at, s.closed_by),
                    'Call incident.reopen() if it is not over; incident.comment() works now.'
                )::incident_engine.refusal
            else (
                s.incident_id, null, format('incident %s is assigned to %s already', s.incident_id, s.assignee),
                null,
                case when note is null then 'Nothing has changed.' else 'The note is kept as a comment.' end
            )::incident_engine.refusal
        end
        from unnest(subjects) as s
        where s.status = 'closed' or s.assignee = assign.assignee
    );
    due := incident_engine.incidents_due(incident_ids, subjects, refusals, note, operator, acted_at);
    if due <> '{}' then
        perform incident_engine.notice_unseen(assignee);
    end if;
    update public.system_incident as i
    set assignee = assign.assignee,
        acted_at = assign.acted_at,
        updated_by = operator,
        update_note = note
    where i.incident_id = any (due);
    return query select l.* from incident_engine.end_incident_changes(incident_ids) as l;
end
$$;

create or replace function incident.assign(
    incident_id bigint,
    assignee text,
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
    from incident.assign(array[incident_id], assignee, note, operator, acted_at) as l;
end;

comment on function incident.assign(bigint, text, text, text, timestamptz) is
'Says who works on an incident; the status stays what it is. A name that nobody has been seen of is accepted, with a notice. operator: who assigns, by default the login. '
'acted_at: when, by default now. Returns its line of the board. Errors: IN001 when it is closed, IN002 when there is none '
'with this number, 22004 for a null where a value is needed, 22023 for an acted_at in the future or before the '
'incident.';

comment on function incident.assign(bigint[], text, text, text, timestamptz) is
'The same for many at once, array(select ...). One that it cannot be done to is left as it is, and a NOTICE says which and why; it is an '
'error when none is left. Nulls count for nothing. Returns a line of the board for each.';

revoke all on function incident.assign(bigint, text, text, text, timestamptz) from public;
revoke all on function incident.assign(bigint[], text, text, text, timestamptz) from public;
grant execute on function incident.assign(bigint, text, text, text, timestamptz) to incident_operator;
grant execute on function incident.assign(bigint[], text, text, text, timestamptz) to incident_operator;
