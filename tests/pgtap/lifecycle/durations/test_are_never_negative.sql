select plan(3);

select test.send_one_by_one('stuck - - - active');
select test.send_one_by_one('stuck', device_name => 'Device 2');
select incident.acknowledge(test.incident_id('Device 2'), operator => 'ada', acted_at => test.at('10:03'));
select test.send('active', '10:02', device_name => 'Device 2');
select is(test.incidents('Device 2'), array['ffmpeg high resolved 10:00-10:02'], 'it recovered before ada looked');
select results_eq(
    $$
    select detection_to_ack_minutes, ack_to_resolution_minutes, total_duration_minutes
    from system_incident
    where device_name = 'Device 2'
    $$,
    'values (3, 0, 2)',
    'which took 0 minutes from acknowledgement to resolution'
);

select test.is_sound();
select * from finish();
