select plan(4);

select test.send_one_by_one('stopped stuck unknown stuck');
select is(test.incidents(), array['ffmpeg critical open 10:00-'], 'stopped, then stuck: still critical');
select is(
    test.timeline(test.incident_id()), array['10:00 detected critical by engine'], 'nothing to tell'
);

select test.send_one_by_one('active stuck', '10:04');
select is(
    test.incidents(), array['ffmpeg critical resolved 10:00-10:04', 'ffmpeg high open 10:05-'],
    'the next incident starts over'
);

select test.is_sound();
select * from finish();
