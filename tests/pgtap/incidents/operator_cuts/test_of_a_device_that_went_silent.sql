select plan(4);

select test.send_one_by_one('stopped');
select incident.sweep(test.at('10:10'));
select is(test.incidents(), array['ffmpeg critical open 10:00-'], 'stopped, then silent');
select incident.resolve(1, 'taken down', operator => 'ada', acted_at => test.at('10:10:30'));
select incident.sweep(test.at('10:20'));
select is(test.incidents(), array['ffmpeg critical resolved 10:00-10:10:30'], 'silence opens nothing after the cut');
select test.send('stopped', '10:30');
select incident.sweep(test.at('10:31'));
select is(
    test.incidents(), array['ffmpeg critical resolved 10:00-10:10:30', 'ffmpeg critical open 10:30-'],
    'a failing sample does'
);

select test.is_sound();
select * from finish();
