select plan(3);

select test.send_one_by_one('active stuck active', every => '30 minutes');
select incident.sweep(test.at('10:10'));
select is(
    (test.history())[array_upper(test.history(), 1)], '11:00 active/active', 'what is known of later times stays known'
);
select is(test.incidents(), array['ffmpeg high resolved 10:30-11:00'], 'incidents, too');

select incident.sweep(test.at('11:01'));
select test.is_sound();
select * from finish();
