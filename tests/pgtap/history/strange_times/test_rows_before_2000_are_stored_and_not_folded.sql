select plan(4);

select test.send('active');
select test.send('stopped', '1970-01-01 00:00');
select test.send('stopped', '1999-12-31 23:59:59');
select is((select count(*) from system_device_metrics), 3::bigint, 'stored');
select is(test.history(), array['10:00 active/active'], 'a clock that was never set says nothing about history');
select is(test.incidents(), '{}', 'and opens nothing');

select test.is_sound();
select * from finish();
