select plan(4);

select test.send_one_by_one('active - - stopped stopped');
select test.announce();
select incident.acknowledge(test.incident_id(), 'mine', 'ada', test.at('10:05:30'));
select test.send_one_by_one('stuck stuck', '10:01');
select is(test.incidents(), array['ffmpeg critical in_progress 10:01-'], 'is the same incident, detected earlier');
select is(
    test.timeline(1),
    array[
        '10:03 detected critical by engine', '10:05:30 acknowledged open -> in_progress by ada: mine',
        'now corrected detected_at 2026-03-02T10:03:00.000000Z -> detected_at 2026-03-02T10:01:00.000000Z by engine: '
        || 'corrected by late samples'
    ],
    'its timeline keeps what was thought before'
);
select results_eq(
    'select acknowledged_by, detection_to_ack_minutes, detected_severity, severity_since from system_incident',
    $$ values ('ada', 2, 'high', test.at('10:03')) $$,
    'the acknowledgement survives, and the time it took: nobody could know earlier'
);

select test.is_sound();
select * from finish();
