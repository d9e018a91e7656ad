select plan(3);

select test.send('stuck');
select incident.resolve(1, operator => 'ada', acted_at => test.at('10:00'));
select is(test.incidents(), array['ffmpeg high resolved 10:00-10:00'], 'no time at all');
select test.send('stuck', '10:01');
select is(
    test.incidents(), array['ffmpeg high resolved 10:00-10:00', 'ffmpeg high open 10:01-'], 'and the next one follows'
);

select test.is_sound();
select * from finish();
