select plan(4);

select test.send_one_by_one('stuck unknown unknown');
select is(test.incidents(), array['ffmpeg high open 10:00-'], 'unknown is no recovery');

select incident.sweep(test.at('10:30'));
select is(test.incidents(), array['ffmpeg high open 10:00-'], 'silence is none either');

select test.send_one_by_one('unknown stuck active', '10:40');
select is(test.incidents(), array['ffmpeg high resolved 10:00-10:42'], 'active is');

select test.is_sound();
select * from finish();
