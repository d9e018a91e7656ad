select plan(6);

select test.send_one_by_one('stuck active active');
select incident.reopen(1, 'picture is still black', 'ada', test.at('10:02:30'));
select is(test.incidents(), array['ffmpeg high open 10:00-'], 'open although the samples are healthy');
select test.send_one_by_one('active active', '10:03');
select is(test.incidents(), array['ffmpeg high open 10:00-'], 'more healthy samples do not end it');
select incident.sweep(test.at('10:04:30'));
select is(test.incidents(), array['ffmpeg high open 10:00-'], 'nor does a sweep');

select incident.resolve(1, 'lens cap', operator => 'ada', acted_at => test.at('10:10'));
select is(test.incidents(), array['ffmpeg high resolved 10:00-10:10'], 'a person does');
select test.send_one_by_one('active stuck', '10:11');
select is(
    test.incidents(),
    array['ffmpeg high resolved 10:00-10:10', 'ffmpeg high open 10:12-'],
    'the next failure is another'
);

select test.is_sound();
select * from finish();
