select plan(4);

select test.send('stuck');
select incident.resolve(1, operator => 'ada', acted_at => test.at('10:00:30'));
select isnt((select recheck_until from incident.device), null, 'the device is to be looked at again');
select test.send('active', '10:01');
select is((select recheck_until from incident.device), null, 'its next sample answers');

create temporary table before_them as
select ctid::text as place from incident.device;
select test.send_one_by_one('active active', '10:02');
select is((select ctid::text from incident.device), (select b.place from before_them as b), 'then all is as usual');

select test.is_sound();
select * from finish();
