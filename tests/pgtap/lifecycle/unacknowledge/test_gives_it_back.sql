select plan(5);

select test.send('active stopped');
select incident.acknowledge(1, operator => 'ana', acted_at => test.at('10:02'));
select incident.unacknowledge(1, 'not mine', operator => 'ana');
select results_eq(
    'select status, acknowledged_by, acknowledged_at from system_incident where incident_id = 1',
    $$ values ('open', null::text, null::timestamptz) $$,
    'it is open again'
);
select results_eq(
    'select event, operator, note from incident.timeline order by entry_id',
    $$ values ('detected', 'engine', null), ('acknowledged', 'ana', null), ('unacknowledged', 'ana', 'not mine') $$,
    'the timeline keeps both'
);
select throws_ok(
    'select incident.unacknowledge(1)', 'IN001', 'incident 1 is not being worked on: it is open',
    'there is nothing to give back'
);
select test.send('active', start => '10:05');
select is(test.incidents(), array['ffmpeg critical resolved 10:01-10:05'], 'it goes its course');
select is_empty('select * from incident.check_invariants()', 'and all is consistent');

select * from finish();
