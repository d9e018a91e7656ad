create or replace function incident_engine.incidents_due(
    incident_ids bigint[],
    subjects public.system_incident[],
    refusals incident_engine.refusal[],
    note text,
    operator text,
    acted_at timestamptz
)
returns bigint[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    named constant bigint[] := array(select distinct i from unnest(incident_ids) as i where i is not null);
    due bigint[];
    done bigint[];
begin
    refusals := array(
        select (
            n.incident_id, 'IN002', format('there is no incident %s', n.incident_id),
            'It was never opened in this database.',
            'select * from incident.board lists what is active, incident.recent what was lately.'
        )::incident_engine.refusal
        from unnest(named) as n (incident_id)
        where not exists (select from unnest(subjects) as s where s.incident_id = n.incident_id)
        union all
        select (
            s.incident_id, '22023',
            format('acted_at %s is before incident %s was detected', incidents_due.acted_at, s.incident_id),
            format('It was detected at %s.', s.detected_at),
            'Leave it out for now().'
        )::incident_engine.refusal
        from unnest(subjects) as s
        where incidents_due.acted_at < now() and incidents_due.acted_at < s.detected_at
        union all
        select r
        from unnest(refusals) as r
    );
    due := array(
        select s.incident_id
        from unnest(subjects) as s
        where not exists (select from unnest(refusals) as r where r.incident_id = s.incident_id)
        order by s.incident_id
    );
    done := array(
        select r.incident_id from unnest(refusals) as r
        group by r.incident_id having count(r.errcode) = 0
    );
    if due = '{}' and done = '{}' and refusals <> '{}' then
        refusals := array(select r from unnest(refusals) as r order by r.incident_id);
        raise exception using
            errcode = refusals[1].errcode,
            message = refusals[1].message,
            detail = case cardinality(named)
                when 1 then refusals[1].detail
                else format('None of the %s incidents named could be changed. %s', cardinality(named), refusals[1].detail)
            end,
            hint = refusals[1].hint;
    end if;

    -- No word is lost: where there is nothing left to do the note is a comment.
    if note is not null and done <> '{}' then
        perform incident_engine.add_comment(done, note, operator, acted_at);
    end if;
    perform incident_engine.notice_skipped(refusals, cardinality(named), note is not null and done <> '{}');
    return due;
end
$$;

comment on function incident_engine.incidents_due(
    bigint[], public.system_incident[], incident_engine.refusal[], text, text, timestamptz
) is
'Of the incidents that a verb names those that it changes: all but those that do not exist or that it refuses, which one NOTICE names. '
'The note of what was done already becomes a comment. Errors: that of the first refusal when nothing is left.';

revoke all on function incident_engine.incidents_due(
    bigint[], public.system_incident[], incident_engine.refusal[], text, text, timestamptz
) from public;
