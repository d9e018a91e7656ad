select plan(5);

select test.send_one_by_one('stuck active active');
select incident.reopen(1, operator => 'ada', acted_at => test.at('10:02:30'));
select test.send_one_by_one('active stopped', '10:03');
select is(test.incidents(), array['ffmpeg critical open 10:00-'], 'it fails again: the same incident, worse');
select test.send_one_by_one('active active', '10:05');
select is(test.incidents(), array['ffmpeg critical resolved 10:00-10:05'], 'that recovery ends it');
select is(
    test.timeline(1),
    array[
        '10:00 detected high by engine', '10:01 resolved open -> resolved by engine',
        '10:02:30 reopened resolved -> open by ada', '10:04 severity_changed high -> critical by engine',
        '10:05 resolved open -> resolved by engine'
    ],
    'the timeline'
);
select test.send('stuck', '10:07');
select is(
    test.incidents(), array['ffmpeg critical resolved 10:00-10:05', 'ffmpeg high open 10:07-'], 'and all is as ever'
);

select test.is_sound();
select * from finish();
