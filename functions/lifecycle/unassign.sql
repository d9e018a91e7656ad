create or replace function incident.unassign(
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
            s.incident_id, 'IN001',
            format(
                'incident %s cannot be taken from anybody: it is %s', s.incident_id,
                case when s.status = 'closed' then 'closed' else 'assigned to nobody' end
            ),
            format('It is %s.', s.status),
            'incident.comment() still works.'
        )::incident_engine.refusal
        from unnest(subjects) as s
        where s.assignee is null or s.status = 'closed'
    );
    due := incident_engine.incidents_due(incident_ids, subjects, refusals, note, operator, acted_at);
    update public.system_incident as i
    set assignee = null,
        acted_at = unassign.acted_at,
        updated_by = operator,
        update_note = note
    where i.incident_id = any (due);
    return query select l.* from incident_engine.end_incident_changes(incident_ids) as l;
end
$$;

create or replace function incident.unassign(
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
    from incident.unassign(array[incident_id], note, operator, acted_at) as l;
end;

comment on function incident.unassign(bigint, text, text, timestamptz) is
'Takes an incident from whoever it is assigned to. operator: who, by default the login. acted_at: when, by default now. Returns its '
'line of the board. Errors: IN001 when it is closed or nobody''s, IN002 when there is none with this number, 22004 for a null where a '
'value is needed, 22023 for an acted_at in the future or before the incident.';

comment on function incident.unassign(bigint[], text, text, timestamptz) is
'The same for many at once, array(select ...). One that it cannot be done to is left as it is, and a NOTICE says which and why; it is an '
'error when none is left. Nulls count for nothing. Returns a line of the board for each.';

revoke all on function incident.unassign(bigint, text, text, timestamptz) from public;
revoke all on function incident.unassign(bigint[], text, text, timestamptz) from public;
grant execute on function incident.unassign(bigint, text, text, timestamptz) to incident_operator;
grant execute on function incident.unassign(bigint[], text, text, timestamptz) to incident_operator;
