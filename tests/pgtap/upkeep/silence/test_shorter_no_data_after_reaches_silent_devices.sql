select plan(3);

update incident.policy
set no_data_after = '1 hour';
select test.send_one_by_one('active active active');
select incident.sweep(test.at('10:30'));
select is(test.history(), array['10:00 active/active'], 'half an hour of silence does not count');
update incident.policy
set no_data_after = '3 minutes';
select incident.sweep(test.at('10:31'));
select is(test.history(), array['10:00 active/active', '10:03 no_data/no_data'], 'now it does');

select test.is_sound();
select * from finish();
