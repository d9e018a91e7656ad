select plan(3);

select test.send('stopped');
select incident.acknowledge(test.incident_id(), operator => 'ada', acted_at => test.at('10:05:30'));
select incident.assign(test.incident_id(), 'grace', operator => 'ada', acted_at => test.at('10:06'));
select test.send('active', '10:07');
select is(test.incidents(), array['ffmpeg critical resolved 10:00-10:07'], 'resolved from in_progress');
select results_eq(
    'select acknowledged_by, assignee, resolved_by, detection_to_ack_minutes, ack_to_resolution_minutes,
        total_duration_minutes from system_incident',
    $$ values ('ada', 'grace', 'engine', 5, 1, 7) $$,
    'who worked on it stays, and the durations are counted'
);

select test.is_sound();
select * from finish();
