select plan(2);

select test.send_one_by_one('active active', every => '2 minutes 59.999999 seconds');
select incident.sweep(test.at('10:03'));
select is(test.history(), array['10:00 active/active'], 'a microsecond less than three minutes: the last status holds');

select test.is_sound();
select * from finish();
