select plan(4);

update incident.policy set reopen_within = '30 minutes';
select test.send_one_by_one('stuck active');
select incident.close(test.incident_id(), null, 'cable', 'ada', test.at('10:01:30'));
select test.send_one_by_one('stuck', '10:02');
select is(
    test.incidents(),
    array['ffmpeg high closed 10:00-10:01', 'ffmpeg high open 10:02-'],
    'a closed incident stays closed'
);
select incident.resolve(test.incident_id(), null, null, 'ada', test.at('10:02:30'));
select test.send_one_by_one('stuck', '10:03');
select is(
    test.incidents(),
    array['ffmpeg high closed 10:00-10:01', 'ffmpeg high resolved 10:02-10:02:30', 'ffmpeg high open 10:03-'],
    'one resolved by hand stays resolved'
);
select test.send_one_by_one('active stuck', '10:04');
select is((select max(reopen_count) from system_incident), 1, 'but the next one is reopened');

select test.is_sound();
select * from finish();
