select plan(5);

select test.send('active stopped active');
select incident.close(1, 'glued it', 'loose cable', operator => 'ana', acted_at => test.at('10:30'));
select incident.amend(1, root_cause => 'broken plug', operator => 'ben');
select results_eq(
    'select status, resolution_notes, root_cause from system_incident where incident_id = 1',
    $$ values ('closed', 'glued it', 'broken plug') $$,
    'what is left out stays, and it stays closed'
);
select results_eq(
    $$ select from_value, to_value, operator from incident.timeline where event = 'amended' $$,
    $$ values ('loose cable', 'broken plug', 'ben') $$,
    'the timeline keeps what it was'
);
select throws_ok('select incident.amend(1)', '22004', 'note must not be null or empty', 'something must be said');
select test.send('stopped', start => '10:03');
select throws_ok(
    'select incident.amend(2, ''x'')', 'IN001', 'incident 2 has nothing to amend: it is open',
    'while it is open nothing is written'
);
select is_empty('select * from incident.verify_timeline()', 'and the timeline is whole');

select * from finish();
