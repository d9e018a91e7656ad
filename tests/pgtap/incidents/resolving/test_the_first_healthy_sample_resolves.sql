select plan(4);

select test.send_one_by_one('active stuck stuck active active');
select is(test.incidents(), array['ffmpeg high resolved 10:01-10:03'], 'at the time of that sample');
select is(
    (select resolved_by from system_incident), 'engine', 'by the engine'
);
select is(
    test.timeline(test.incident_id()),
    array['10:01 detected high by engine', '10:03 resolved open -> resolved by engine'],
    'and the timeline says so'
);

select test.is_sound();
select * from finish();
