select plan(3);

select test.send('active', '1970-01-01 00:00');
select is((select count(*) from incident.device), 0::bigint, 'no device is known by it');
select test.send('active', '10:00');
select is(test.history(), array['10:00 active/active'], 'the first plausible row begins its life');

select test.is_sound();
select * from finish();
