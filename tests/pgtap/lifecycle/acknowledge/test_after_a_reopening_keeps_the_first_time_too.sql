select plan(3);

select test.send_one_by_one('stuck active');
select test.send_one_by_one('stuck stuck', device_name => 'Device 2');
select incident.acknowledge(2, operator => 'ada', acted_at => test.at('10:00:10'));
select incident.resolve(2, operator => 'ada', acted_at => test.at('10:01:10'));
select incident.reopen(2, operator => 'ada', acted_at => test.at('10:01:20'));
select results_eq(
    'select status, acknowledged_by, acknowledged_at from system_incident where incident_id = 2',
    $$ values ('open', 'ada', test.at('10:00:10')) $$,
    'open again, and once acknowledged'
);
select incident.acknowledge(2, 'again', 'grace', test.at('10:02'));
select results_eq(
    'select status, acknowledged_by, acknowledged_at from system_incident where incident_id = 2',
    $$ values ('in_progress', 'ada', test.at('10:00:10')) $$,
    'in progress again'
);
select is(
    (test.timeline(2))[5:], array['10:02 acknowledged open -> in_progress by grace: again'], 'by grace this time'
);

select * from finish();
