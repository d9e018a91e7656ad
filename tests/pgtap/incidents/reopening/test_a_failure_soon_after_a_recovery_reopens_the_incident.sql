select plan(6);

update incident.policy set reopen_within = '5 minutes';
select test.send_one_by_one('stuck stuck');
select incident.acknowledge(test.incident_id(), null, 'ada', test.at('10:01:30'));
select test.send_one_by_one('active active active active stopped', '10:02');
select is(
    test.incidents(), array['ffmpeg critical in_progress 10:00-'], 'the same incident, and who is on it is still on it'
);
select is(
    (select array[reopen_count, engine_reopen_count] from system_incident), array[1, 1], 'it counts'
);
select is(
    test.timeline(test.incident_id()),
    array[
        '10:00 detected high by engine', '10:01:30 acknowledged open -> in_progress by ada',
        '10:02 resolved in_progress -> resolved by engine',
        '10:06 severity_changed high -> critical by engine: failed again',
        '10:06 reopened resolved -> in_progress by engine: failed again'
    ],
    'the timeline says when it failed again'
);
select test.send_one_by_one('active active active active active stuck', '10:07');
select is(
    test.incidents(), array['ffmpeg critical resolved 10:00-10:07', 'ffmpeg high open 10:12-'],
    'five minutes later it is another'
);
select is(
    (
        select total_duration_minutes from system_incident
        where severity = 'critical'
    ),
    7,
    'from the first start to the last end'
);

select test.is_sound();
select * from finish();
