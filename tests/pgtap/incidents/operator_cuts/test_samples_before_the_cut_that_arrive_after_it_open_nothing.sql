select plan(3);

select test.send_one_by_one('stuck stuck');
select incident.resolve(1, operator => 'ada', acted_at => test.at('10:02:30'));
select test.send('stuck', '10:02');
select is(test.incidents(), array['ffmpeg high resolved 10:00-10:02:30'], 'it lies within the incident');
select test.send('stuck', '10:03');
select is(
    test.incidents(), array['ffmpeg high resolved 10:00-10:02:30', 'ffmpeg high open 10:03-'], 'the next one does not'
);

select test.is_sound();
select * from finish();
