select plan(3);

select test.send_one_by_one('stuck - - - active');
select test.send_one_by_one('stuck - - stuck', device_name => 'Device 2');
select incident.resolve(test.incident_id('Device 2'), 'by hand', operator => 'ada', acted_at => test.at('10:03:30'));
select test.send('active', '10:02', device_name => 'Device 2');
select is(
    test.incidents('Device 2'), array['ffmpeg high resolved 10:00-10:02', 'ffmpeg high resolved 10:03-10:03:30'],
    'the failure of 10:00 ended with the late healthy row, the next one by hand'
);
select is(
    (
        select array_agg(resolved_by order by detected_at) from system_incident
        where device_name = 'Device 2'
    ),
    array['engine', 'ada'],
    'the incident that ada resolved is the one that was going on then'
);

select test.is_sound();
select * from finish();
