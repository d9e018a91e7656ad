select plan(6);

select test.send_one_by_one('active stuck active');
insert into system_metrics (host_name, timestamp)
values ('host-1', test.at('10:00')), ('host-1', now());

select lives_ok(
    'delete from system_device_metrics where timestamp < ''2020-01-01''', 'a clean-up that finds nothing goes on'
);
select lives_ok(
    'delete from system_device_metrics where timestamp < now() - interval ''30 days''', 'so does one of old samples'
);
select lives_ok('delete from system_metrics where timestamp < now() - interval ''30 days''', 'and of rows of hosts');
select throws_ok('delete from system_metrics', '0A000', null, 'what is of the last day is refused');
select results_eq(
    'select (select count(*) from system_device_metrics), (select count(*) from system_metrics)',
    'values (3::bigint, 2::bigint)',
    'nothing is gone'
);

select test.is_sound();
select * from finish();
