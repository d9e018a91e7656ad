select plan(2);

select lives_ok(
    $$
    insert into system_device_metrics (host_name, device_id, device_name, capture_folder, timestamp)
    select 'host-1', 'device-1', 'Device 1', 'capture1', day
    from unnest(array[
        timestamptz '1970-01-01 00:00+00', '1999-12-31 23:59:59+00', '2026-03-02 10:00+00', '2031-07-01 00:00+00',
        '2999-12-31 23:59+00'
    ]) as day
    $$,
    'the first day of Unix and the last year of the millennium'
);
select is((select count(*) from system_device_metrics), 5::bigint, 'are stored');

select * from finish();
