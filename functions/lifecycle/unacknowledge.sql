create or replace function incident.unacknowledge(
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
            format('incident %s is not being worked on: it is %s', s.incident_id, s.status),
            case s.status when 'open' then 'Nobody has acknowledged it.' else 'It is over.' end,
            case s.status
                when 'open' then 'Call incident.acknowledge() to take it; incident.comment() always works.'
                else 'Call incident.reopen() if it is not over; incident.comment() always works.'
            end
        )::incident_engine.refusal
        from unnest(subjects) as s
        where s.status <> 'in_progress'
    );
    due := incident_engine.incidents_due(incident_ids, subjects, refusals, note, operator, acted_at);
    update public.system_incident as i
    set status = 'open',
        acknowledged_at = null,
        acknowledged_by = null,
        acted_at = unacknowledge.acted_at,
        updated_by = operator,
        update_note = note
    where i.incident_id = any (due);
    return query select l.* from incident_engine.end_incident_changes(incident_ids) as l;
end
$$;

create or replace function incident.unacknowledge(
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
    from incident.unacknowledge(array[incident_id], note, operator, acted_at) as l;
end;

comment on function incident.unacknowledge(bigint, text, text, timestamptz) is
'Nobody is on it after all: in_progress -> open. The timeline keeps that it was acknowledged, and by whom. operator: who, by default '
'the login. acted_at: when, by default now. Returns its line of the board. Errors: IN001 unless it is in_progress, IN002 when there is '
'none with this number, 22004 for a null where a value is needed, 22023 for an acted_at in the future or before the incident.';

comment on function incident.unacknowledge(bigint[], text, text, timestamptz) is
'The same for many at once, array(select ...). One that it cannot be done to is left as it is, and a NOTICE says which and why; it is an '
'error when none is left. Nulls count for nothing. Returns a line of the board for each.';

revoke all on function incident.unacknowledge(bigint, text, text, timestamptz) from public;
revoke all on function incident.unacknowledge(bigint[], text, text, timestamptz) from public;
grant execute on function incident.unacknowledge(bigint, text, text, timestamptz) to incident_operator;
grant execute on function incident.unacknowledge(bigint[], text, text, timestamptz) to incident_operator;
