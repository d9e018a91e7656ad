select plan(8);

-- Worked by hand: five changes, the newest of weight 1.25, the oldest four intervals older, are 5 * (6.25 - 10/38) = 29.9 %;
-- with the sixth it is 5 * (7.5 - 15/38) = 35.5 %.
select test.send_one_by_one('active active stuck active stuck active stuck');
select is_empty('select * from incident.active where flapping_since is not null', 'five changes in a row are 29.9 %');
select test.send_one_by_one('active stuck active', '10:07');
select is(
    (select array_agg(concat_ws(' ', component, test.clock(flapping_since))) from incident.active),
    array['ffmpeg 10:07'], 'the sixth change starts it'
);
select is(
    test.incidents(),
    array['ffmpeg high resolved 10:02-10:03', 'ffmpeg high resolved 10:04-10:05', 'ffmpeg high open 10:06-'],
    'the recovery at that moment does not count, nor do those after it'
);
select is(
    (select test.clock(flapping_since) from incident.active), '10:07', 'the incident is marked'
);
select is(
    (select array_agg(distinct what) from incident.pending), array['recovery'], 'a recovery waits for it to stop'
);

select test.send_one_by_one('active active active active active active active active active active active', '10:10');
select is(
    test.incidents(),
    array['ffmpeg high resolved 10:02-10:03', 'ffmpeg high resolved 10:04-10:05', 'ffmpeg high open 10:06-'],
    'still flapping: the changes are not old enough'
);
select test.send_one_by_one('active active active active active active active active active active', '10:21');
select is(
    test.incidents(),
    array['ffmpeg high resolved 10:02-10:03', 'ffmpeg high resolved 10:04-10:05', 'ffmpeg high resolved 10:06-10:09'],
    'resolved since the recovery that lasted'
);

select test.is_sound();
select * from finish();
