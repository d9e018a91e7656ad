select plan(4);

select test.send('stuck');
select test.announce();
select incident.acknowledge(1, 'on it', 'ada', test.at('10:05'));
select incident.acknowledge(1, 'me too', 'grace', test.at('10:09'));
select results_eq(
    $$
    select status, acknowledged_at, acknowledged_by, detection_to_ack_minutes
    from system_incident where incident_id = 1
    $$,
    $$ values ('in_progress', test.at('10:05'), 'ada', 5) $$,
    'the second time changes nothing'
);
select lives_ok('select incident.acknowledge(1)', 'nor does the third');
select is(
    test.timeline(1),
    array[
        '10:00 detected high by engine',
        '10:05 acknowledged open -> in_progress by ada: on it',
        '10:09 commented by grace: me too'
    ],
    'and what was written then is a comment'
);

select test.is_sound();
select * from finish();
