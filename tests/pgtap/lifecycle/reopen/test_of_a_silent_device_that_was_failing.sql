select plan(3);

select test.send_one_by_one('stuck');
select incident.resolve(1, operator => 'ada', acted_at => test.at('10:00:30'));
select incident.sweep(test.at('10:10'));
select incident.reopen(1, 'wrong number', 'ada', test.at('10:10:30'));
select is(test.incidents(), array['ffmpeg high open 10:00-'], 'open again: nobody has seen it healthy');
select test.send('active', '10:20');
select incident.sweep(test.at('10:21'));
select is(test.incidents(), array['ffmpeg high resolved 10:00-10:20'], 'its first healthy sample is the recovery');

select test.is_sound();
select * from finish();
