select plan(3);

select test.send('stuck');
select incident.acknowledge(test.incident_id(), 'looking', 'ada', test.at('10:00:30'));
select test.send('stopped', '10:01');
select is(test.incidents(), array['ffmpeg critical in_progress 10:00-'], 'critical and in progress');
select is(
    test.timeline(test.incident_id()),
    array[
        '10:00 detected high by engine', '10:00:30 acknowledged open -> in_progress by ada: looking',
        '10:01 severity_changed high -> critical by engine'
    ],
    'what happened, in order, and the note with ada''s entry alone'
);

select test.is_sound();
select * from finish();
