select plan(3);

select incident_engine.ensure_partition('2026-03-02');

select
    test.is_refused(
        format(
            'insert into %s (host_name, device_id, device_name, capture_folder, timestamp)
        values (''host-1'', ''device-1'', ''Device 1'', ''capture1'', %L)',
            w.name, w.moment
        ),
        '0A000', w.name, 'Insert into public.system_device_metrics', 'an insert into ' || w.name
    )
from (
    values
    ('system_device_metrics_20260302', '2026-03-02 10:00+00'), ('system_device_metrics_default', '2026-03-04 10:00+00')
) as w (name, moment);
select is((select count(*) from system_device_metrics), 0::bigint, 'there is no row that no incident knows of');

select * from finish();
