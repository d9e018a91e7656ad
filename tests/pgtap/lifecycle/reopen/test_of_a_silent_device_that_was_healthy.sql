select plan(5);

select test.send_one_by_one('stuck active');
select incident.sweep(test.at('10:10'));
select incident.reopen(1, operator => 'ada', acted_at => test.at('10:10:30'));
select is(test.incidents(), array['ffmpeg high open 10:00-'], 'open while nobody knows how it is');
select test.send('active', '10:20');
select incident.sweep(test.at('10:21'));
select is(test.incidents(), array['ffmpeg high open 10:00-'], 'and when it reports the health ada did not believe');
select test.send('stuck', '10:21');
select is(test.incidents(), array['ffmpeg high open 10:00-'], 'until it fails');
select test.send('active', '10:22');
select is(test.incidents(), array['ffmpeg high resolved 10:00-10:22'], 'and recovers again');

select test.is_sound();
select * from finish();
