-- The whole table of what may be done when: a status, or the SQLSTATE with what its hint names.
select plan(24);

select test.send('stuck', device_name => status)
from unnest(array['open', 'in_progress', 'resolved', 'closed']) as status;
select incident.acknowledge(test.incident_id('in_progress'), acted_at => test.at('10:01'));
select incident.resolve(test.incident_id(status), acted_at => test.at('10:02'))
from unnest(array['resolved', 'closed']) as status;
select incident.close(test.incident_id('closed'), acted_at => test.at('10:03'));

-- tries the verb and takes it back
create function test.outcome(verb text, status text) returns text
language plpgsql
as $$
declare
    outcome text;
    state text;
    hint text;
begin
    begin
        execute format(
            'select i.state from incident.%s(%s%s) as i', verb, test.incident_id(status),
            case verb when 'assign' then ', ''ada''' when 'comment' then ', ''well''' else '' end
        ) into outcome;
        raise exception using errcode = 'IN999';
    exception
        when others then
            get stacked diagnostics state = returned_sqlstate, hint = pg_exception_hint;
            return case when state = 'IN999' then outcome else state || ' ' || hint end;
    end;
end
$$;

select
    matches(
        test.outcome(t.verb, t.status), '^' || t.outcome, format('%s an incident that is %s', t.verb, t.status)
    )
from (
    values
    ('acknowledge', 'open', 'in_progress$'),
    ('acknowledge', 'in_progress', 'in_progress$'),
    ('acknowledge', 'resolved', 'IN001 .*reopen'),
    ('acknowledge', 'closed', 'IN001 .*reopen.*comment'),
    ('assign', 'open', 'open$'),
    ('assign', 'in_progress', 'in_progress$'),
    ('assign', 'resolved', 'resolved$'),
    ('assign', 'closed', 'IN001 .*comment'),
    ('comment', 'open', 'open$'),
    ('comment', 'in_progress', 'in_progress$'),
    ('comment', 'resolved', 'resolved$'),
    ('comment', 'closed', 'closed$'),
    ('resolve', 'open', 'resolved$'),
    ('resolve', 'in_progress', 'resolved$'),
    ('resolve', 'resolved', 'IN001 .*close.*reopen'),
    ('resolve', 'closed', 'IN001 .*comment'),
    ('close', 'open', 'IN001 .*resolve'),
    ('close', 'in_progress', 'IN001 .*resolve'),
    ('close', 'resolved', 'closed$'),
    ('close', 'closed', 'IN001 .*comment'),
    ('reopen', 'open', 'IN001 .*'),
    ('reopen', 'in_progress', 'IN001 .*'),
    ('reopen', 'resolved', 'open$'),
    ('reopen', 'closed', 'open$')
) as t (verb, status, outcome);

select * from finish();
