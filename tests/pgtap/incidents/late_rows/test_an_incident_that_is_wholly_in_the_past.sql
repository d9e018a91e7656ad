select plan(5);

select test.send_one_by_one('active - - - active active');
select test.send('stuck stopped active', '10:01');
select is(test.incidents(), array['ffmpeg critical resolved 10:01-10:03'], 'appears and is over');
select is(
    test.timeline(test.incident_id()),
    array[
        '10:01 detected high by engine', '10:02 severity_changed high -> critical by engine',
        '10:03 resolved open -> resolved by engine'
    ],
    'with its timeline'
);
select results_eq(
    'select created_at, total_duration_minutes, resolved_by from system_incident', $$ values (now(), 2, 'engine') $$,
    'learned of now, of two minutes then'
);
select results_eq(
    'select ffmpeg_status, state_started_at from incident.device', $$ values ('active', test.at('10:03')) $$,
    'what the device does now is not what the late rows say'
);

select test.is_sound();
select * from finish();
