select plan(5);

select incident_engine.ensure_partition('2026-03-02');
select test.send('stuck');
select throws_ok($$ select test.send('stuck') $$, '23505', null, 'one row for a device and time');
select throws_ok($$ select test.send('error', '10:01') $$, '23514', null, 'known statuses alone');
select throws_ok('delete from system_device_metrics_20260302', '0A000', null, 'nothing is deleted');
select throws_ok(
    'insert into system_device_metrics_20260302 select * from system_device_metrics', '0A000', null,
    'nothing goes in past the engine'
);
select is(
    (
        select array_agg(conname::text order by conname)
        from pg_constraint
        where conrelid = 'system_device_metrics_20260302'::regclass and contype = 'c'
    ),
    (
        select array_agg(conname::text order by conname)
        from pg_constraint
        where conrelid = 'system_device_metrics'::regclass and contype = 'c'
    ),
    'it has the checks of its table and no other'
);

select * from finish();
