select plan(3);

select test.send('active stuck stopped active/stopped active/stuck unknown active');
select incident.add_maintenance('host-1', test.at('10:05:30'), test.at('10:06:30'), 'new cable');

create function pg_temp.states(as_of timestamptz) returns text[]
language sql
as $$
select
    array_agg(
        concat(test.clock(s.started_at), ' ', s.state) order by s.started_at
    )
from incident.state_history(test.at('10:00'), test.at('11:00'), as_of) as s
$$;

select is(
    pg_temp.states(test.at('10:07')),
    array[
        '10:00 active', '10:01 stuck', '10:02 stopped', '10:03 stopped', '10:04 stuck', '10:05 unknown',
        '10:05:30 maintenance', '10:06 maintenance', '10:06:30 active'
    ],
    'the worse component decides, and maintenance before all'
);
select is(
    (
        select (min(s.started_at), max(s.ended_at), sum(s.ended_at - s.started_at))::text
        from incident.state_history(test.at('10:00'), test.at('11:00'), test.at('10:30')) as s
    ),
    (test.at('10:00'), test.at('10:30'), interval '30 minutes')::text,
    'the pieces fill the window up to as_of'
);
select is(
    (pg_temp.states(test.at('10:30')))[10], '10:07 no_data', 'silence that no sweep has recorded is told too'
);

select * from finish();
