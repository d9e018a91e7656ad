-- The device failed all the time. Two incidents because of the cut become one when the cut is taken back.
select plan(5);

select test.send_one_by_one('stuck stuck');
select incident.resolve(1, operator => 'ada', acted_at => test.at('10:01:30'));
select test.send_one_by_one('stopped', '10:02');
select incident.comment(2, 'here', 'ada', test.at('10:02:10'));
select incident.resolve(2, operator => 'ada', acted_at => test.at('10:02:30'));
select is(
    test.incidents(),
    array['ffmpeg high resolved 10:00-10:01:30', 'ffmpeg critical resolved 10:02-10:02:30'],
    'two'
);
select incident.reopen(1, operator => 'ada', acted_at => test.at('10:02:40'));
select is(
    test.incidents(),
    array['ffmpeg critical open 10:00-', 'ffmpeg critical resolved 10:02-10:02:30 retracted'],
    'become the older one'
);
select is(
    (test.timeline(2))[4:],
    array['now retracted resolved -> resolved by engine: joined into incident 1 by what somebody did'],
    'the other is retracted, and says where it went'
);
select is((select count(*) from incident.recent), 1::bigint, 'it is left out of what people see');

select test.is_sound();
select * from finish();
