select plan(3);

select test.send_one_by_one('stuck active stuck active stopped');
select is(
    test.incidents(),
    array['ffmpeg high resolved 10:00-10:01', 'ffmpeg high resolved 10:02-10:03', 'ffmpeg critical open 10:04-'],
    'one for each failure'
);
select is(
    (
        select count(distinct incident_id) from incident.timeline
        where event = 'detected'
    ),
    3::bigint,
    'each detected once'
);

select test.is_sound();
select * from finish();
