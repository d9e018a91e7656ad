create or replace function incident.acknowledge(
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
        select case s.status
            when 'in_progress'
                then (
                    s.incident_id, null,
                    format(
                        'incident %s was acknowledged by %s already, at %s', s.incident_id, s.acknowledged_by,
                        to_char(s.acknowledged_at, 'YYYY-MM-DD HH24:MI TZH')
                    ),
                    null,
                    case when note is null then 'Nothing has changed.' else 'The note is kept as a comment.' end
                )::incident_engine.refusal
            else (
                s.incident_id, 'IN001', format('incident %s cannot be acknowledged: it is %s', s.incident_id, s.status),
                format('It was resolved at %s by %s.', s.resolved_at, s.resolved_by),
                'Call incident.reopen() if it is not over; incident.comment() works now.'
            )::incident_engine.refusal
        end
        from unnest(subjects) as s
        where s.status <> 'open'
    );
    due := incident_engine.incidents_due(incident_ids, subjects, refusals, note, operator, acted_at);
    update public.system_incident as i
    set status = 'in_progress',
        acknowledged_at = coalesce(i.acknowledged_at, acknowledge.acted_at),
        acknowledged_by = coalesce(i.acknowledged_by, operator),
        acted_at = acknowledge.acted_at,
        updated_by = operator,
        update_note = note
    where i.incident_id = any (due);
    return query select l.* from incident_engine.end_incident_changes(incident_ids) as l;
end
$$;

create or replace function incident.acknowledge(
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
    from incident.acknowledge(array[incident_id], note, operator, acted_at) as l;
end;

comment on function incident.acknowledge(bigint, text, text, timestamptz) is
'Somebody is on it: open -> in_progress. Doing it twice keeps the first person and time, and the note as a comment. operator: who, '
'by default the login. acted_at: when, by default now. Returns its line of the board. Errors: IN001 when it is resolved or '
'closed, IN002 when there is none with this number, 22004 for a null where a value is needed, 22023 for an '
'acted_at in the future or before the incident.';

comment on function incident.acknowledge(bigint[], text, text, timestamptz) is
'The same for many at once, array(select ...). One that it cannot be done to is left as it is, and a NOTICE says which and why; it is an '
'error when none is left. Nulls count for nothing. Returns a line of the board for each.';

revoke all on function incident.acknowledge(bigint, text, text, timestamptz) from public;
revoke all on function incident.acknowledge(bigint[], text, text, timestamptz) from public;
grant execute on function incident.acknowledge(bigint, text, text, timestamptz) to incident_operator;
grant execute on function incident.acknowledge(bigint[], text, text, timestamptz) to incident_operator;
