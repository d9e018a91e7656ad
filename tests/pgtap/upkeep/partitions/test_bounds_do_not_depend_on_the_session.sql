select plan(2);

-- IST is also Israel's time, and that is how servers read it.
set local timezone = 'Asia/Kolkata';
set local datestyle = 'SQL, DMY';
select incident_engine.ensure_partitions('2026-03-02 10:00+00', '2026-03-03 10:00+00');
set local timezone = 'UTC';
set local datestyle = 'ISO';
select is(
    (
        select pg_get_expr(relpartbound, oid) from pg_class
        where relname = 'system_device_metrics_20260302'
    ),
    'FOR VALUES FROM (''2026-03-02 00:00:00+00'') TO (''2026-03-03 00:00:00+00'')',
    'midnight to midnight UTC'
);
select is(
    (
        select pg_get_expr(relpartbound, oid) from pg_class
        where relname = 'system_device_metrics_20260303'
    ),
    'FOR VALUES FROM (''2026-03-03 00:00:00+00'') TO (''2026-03-04 00:00:00+00'')',
    'and the next day'
);

select * from finish();
