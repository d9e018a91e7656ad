select plan(4);

select test.send_one_by_one('active active');
select is(test.incidents(), '{}', 'healthy: nothing');

select test.send('stuck', '10:02');
select is(test.incidents(), array['ffmpeg high open 10:02-'], 'stuck: an incident of high severity, at once');

select test.send('stopped', '10:00', device_name => 'Device 2');
select is(
    test.incidents('Device 2'), array['ffmpeg critical open 10:00-'],
    'stopped: critical, for a device that nobody knew until then'
);

select test.is_sound();
select * from finish();
