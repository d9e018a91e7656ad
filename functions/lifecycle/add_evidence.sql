create or replace function incident.add_evidence(
    incident_ids bigint[],
    metadata jsonb,
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
    subjects constant public.system_incident[] := incident_engine.begin_incident_changes(incident_ids, operator, acted_at);
    due bigint[];
begin
    if metadata is null or jsonb_typeof(metadata) <> 'object' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('metadata must be a JSON object, not %s', coalesce(metadata::text, 'null')),
            hint = 'For instance: select incident.add_evidence(42, ''{"screenshot": "https://site/42.png"}'');';
    end if;
    due := incident_engine.incidents_due(
        incident_ids, subjects, array[]::incident_engine.refusal[], metadata::text, operator, acted_at
    );
    update public.system_incident as i
    set metadata = i.metadata || add_evidence.metadata
    where i.incident_id = any (due);
    perform incident_engine.add_comment(due, 'evidence: ' || metadata::text, operator, acted_at);
    return query select l.* from incident_engine.end_incident_changes(incident_ids) as l;
end
$$;

create or replace function incident.add_evidence(
    incident_id bigint,
    metadata jsonb,
    operator text default incident.current_operator(),
    acted_at timestamptz default now()
)
returns incident.board_line
language sql
volatile
set search_path = pg_catalog, pg_temp
begin atomic
    select l
    from incident.add_evidence(array[incident_id], metadata, operator, acted_at) as l;
end;

comment on function incident.add_evidence(bigint, jsonb, text, timestamptz) is
'Adds links, measurements and the like to an incident, whatever its status: the keys of a JSON object, in place of those of the same name '
'(system_incident.metadata); the timeline keeps each. operator: who, by default incident.current_operator(). acted_at: when, by '
'default now. Returns its line of the board. Errors: 22023 when it is no object or for an acted_at in the future or before the '
'incident, 23514 above 100 kB, IN002 when there is none with this number, 22004 for a null where a value is needed.';

comment on function incident.add_evidence(bigint[], jsonb, text, timestamptz) is
'The same for many at once, array(select ...). One that it cannot be done to is left as it is, and a NOTICE says which and why; it is an '
'error when none is left. Nulls count for nothing. Returns a line of the board for each.';

revoke all on function incident.add_evidence(bigint, jsonb, text, timestamptz) from public;
revoke all on function incident.add_evidence(bigint[], jsonb, text, timestamptz) from public;
grant execute on function incident.add_evidence(bigint, jsonb, text, timestamptz) to incident_operator;
grant execute on function incident.add_evidence(bigint[], jsonb, text, timestamptz) to incident_operator;
