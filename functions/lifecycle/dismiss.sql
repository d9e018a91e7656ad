create or replace function incident.dismiss(
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
    refusals incident_engine.refusal[];
    due bigint[];
begin
    perform incident_engine.require_text(note, 'note');
    refusals := array(
        select case
            when s.retracted_at is not null
                then (
                    s.incident_id, 'IN001', format('incident %s cannot be dismissed: it was retracted', s.incident_id),
                    'Later samples showed that it never was; reports leave it out already.',
                    'incident.comment() works now.'
                )::incident_engine.refusal
            else (
                s.incident_id, null,
                format(
                    'incident %s was dismissed by %s already, at %s', s.incident_id, s.dismissed_by,
                    to_char(s.dismissed_at, 'YYYY-MM-DD HH24:MI TZH')
                ),
                null,
                'The note is kept as a comment.'
            )::incident_engine.refusal
        end
        from unnest(subjects) as s
        where s.retracted_at is not null or s.dismissed_at is not null
    );
    due := incident_engine.incidents_due(incident_ids, subjects, refusals, note, operator, acted_at);
    update public.system_incident as i
    set dismissed_at = dismiss.acted_at,
        dismissed_by = operator,
        acted_at = dismiss.acted_at,
        updated_by = operator,
        update_note = note
    where i.incident_id = any (due);
    return query select l.* from incident_engine.end_incident_changes(incident_ids) as l;
end
$$;

create or replace function incident.dismiss(
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
    from incident.dismiss(array[incident_id], note, operator, acted_at) as l;
end;

comment on function incident.dismiss(bigint, text, text, timestamptz) is
'It is a false alarm: it stays in the record, and leaves the board, the reports on incidents and what people are told. While it '
'lasts no other is opened. Its time still counts as down in availability: void_samples() takes samples out. note: why. undismiss() '
'takes it back. operator: who, by default the login. acted_at: when, by default now. Returns its line of the board. Errors: IN001 when '
'it was retracted, IN002 when there is none with this number, 22004 for a null where a value is needed, 22023 for an acted_at in the '
'future or before the incident.';

comment on function incident.dismiss(bigint[], text, text, timestamptz) is
'The same for many at once, array(select ...). One that it cannot be done to is left as it is, and a NOTICE says which and why; it is an '
'error when none is left. Nulls count for nothing. Returns a line of the board for each.';

revoke all on function incident.dismiss(bigint, text, text, timestamptz) from public;
revoke all on function incident.dismiss(bigint[], text, text, timestamptz) from public;
grant execute on function incident.dismiss(bigint, text, text, timestamptz) to incident_operator;
grant execute on function incident.dismiss(bigint[], text, text, timestamptz) to incident_operator;
