select plan(3);

select incident_engine.ensure_partitions(test.at('10:00'), test.at('2026-03-03 10:00'));

select test.send('active', start)
from unnest(array['00:00', '23:59:59.999999', '2026-03-03 00:00', '2026-03-04 00:00']) as start;

select is(
    (select count(*) from system_device_metrics_20260302), 2::bigint, 'a day ends before the next'
);
select is((select count(*) from system_device_metrics_20260303), 1::bigint, 'midnight belongs to the new day');
select is((select count(*) from system_device_metrics_default), 1::bigint, 'other days share the default');

select * from finish();
