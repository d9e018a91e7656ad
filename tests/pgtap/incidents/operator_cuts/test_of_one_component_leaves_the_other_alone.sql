select plan(3);

select test.send('stuck/stuck');
select incident.resolve(test.incident_id(component => 'monitor'), operator => 'ada', acted_at => test.at('10:00:30'));
select is(
    test.incidents(), array['ffmpeg high open 10:00-', 'monitor high resolved 10:00-10:00:30'], 'ffmpeg is still broken'
);
select test.send('stuck/stuck', '10:01');
select is(
    test.incidents(),
    array['ffmpeg high open 10:00-', 'monitor high resolved 10:00-10:00:30', 'monitor high open 10:01-'],
    'and monitor is again'
);

select test.is_sound();
select * from finish();
