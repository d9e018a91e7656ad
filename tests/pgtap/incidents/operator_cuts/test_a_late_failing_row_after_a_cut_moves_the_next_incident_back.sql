select plan(3);

select test.send_one_by_one('stopped stopped');
select incident.resolve(1, operator => 'ada', acted_at => test.at('10:01:30'));
select test.send('stopped', '10:03:30');
select is((test.incidents())[2], 'ffmpeg critical open 10:03:30-', 'as it seemed');

select test.send('stopped', '10:02');
select is(
    (test.incidents())[2], 'ffmpeg critical open 10:02-',
    'the next failing sample after the cut starts the new incident, whenever it arrives'
);

select test.is_sound();
select * from finish();
