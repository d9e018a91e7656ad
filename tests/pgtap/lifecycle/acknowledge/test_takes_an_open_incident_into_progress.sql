select plan(5);

select test.send('stuck');
select test.announce();
select incident.acknowledge(1, 'on it', 'ada', test.at('10:07:30'));
select results_eq(
    $$
    select incident_id, status, acknowledged_at, acknowledged_by, detection_to_ack_minutes, resolved_at
    from system_incident where incident_id = 1
    $$,
    $$ values (1::bigint, 'in_progress', test.at('10:07:30'), 'ada', 7, null::timestamptz) $$,
    'it returns the incident: in progress, since when, by whom, how long it took'
);
select is(test.incidents(), array['ffmpeg high in_progress 10:00-'], 'the table says the same');
select is(
    test.timeline(1),
    array['10:00 detected high by engine', '10:07:30 acknowledged open -> in_progress by ada: on it'],
    'so does the timeline'
);
select results_eq(
    'select incident_id, status, acknowledged_by from incident.active', $$ values (1::bigint, 'in_progress', 'ada') $$,
    'it is still broken'
);

select test.is_sound();
select * from finish();
