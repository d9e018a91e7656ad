select plan(2);

select test.send_one_by_one('stuck active stuck');
select incident.resolve(2, acted_at => test.at('10:02'));
select incident.reopen(2, acted_at => test.at('10:02'));
select is(
    test.incidents(), array['ffmpeg high resolved 10:00-10:01', 'ffmpeg high open 10:02-'],
    'what was healthy before stays a recovery'
);

select test.is_sound();
select * from finish();
