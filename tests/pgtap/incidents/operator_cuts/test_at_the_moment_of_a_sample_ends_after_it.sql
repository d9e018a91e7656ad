select plan(2);

select test.send_one_by_one('stuck stopped');
select incident.resolve(1, operator => 'ada', acted_at => test.at('10:01'));
select test.send('stuck', '10:02');
select is(
    test.incidents(), array['ffmpeg critical resolved 10:00-10:01', 'ffmpeg high open 10:02-'],
    'what was seen at that moment belongs to the incident that ends'
);

select test.is_sound();
select * from finish();
