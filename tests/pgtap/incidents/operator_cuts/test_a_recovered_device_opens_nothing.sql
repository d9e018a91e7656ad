select plan(2);

select test.send_one_by_one('stuck stuck');
select incident.resolve(1, operator => 'ada', acted_at => test.at('10:01:20'));
select test.send_one_by_one('active active', '10:02');
select is(test.incidents(), array['ffmpeg high resolved 10:00-10:01:20'], 'the operator was right');

select test.is_sound();
select * from finish();
