select plan(10);

select incident_engine.ensure_partition('2026-03-02');
select test.send('stuck');

select
    test.is_refused(
        format(w.statement, w.name), '0A000', 'immutable', w.hint, format(w.statement, w.name)
    )
from (
    select s.statement, s.hint, t.name
    from (
        values
        ('update %s set ffmpeg_status = ''active''', 'ON CONFLICT DO NOTHING'),
        ('truncate %s', 'Retention')
    ) as s (statement, hint)
    cross join unnest(array['system_device_metrics', 'system_device_metrics_20260302']) as t (name)
) as w;
select test.is_refused(
    'delete from system_device_metrics_20260302', '0A000', 'immutable', 'Retention', 'delete from a partition'
);
insert into system_device_metrics (host_name, device_id, device_name, capture_folder, timestamp)
values ('host-1', 'device-1', 'Device 1', 'folder of Device 1', now());
select test.is_refused('delete from system_device_metrics', '0A000', 'immutable', 'Retention', 'delete of today''s');
select lives_ok(
    'delete from system_device_metrics where timestamp < ''2026-03-03''', 'a clean-up of what is old deletes nothing'
);

select test.is_refused(
    $$
    insert into system_device_metrics (host_name, device_id, device_name, capture_folder, timestamp)
    values ('host-1', 'device-1', 'Device 1', 'folder of Device 1', test.at('10:00'))
    on conflict (host_name, device_name, capture_folder, timestamp) do update set ffmpeg_status = 'active'
    $$,
    '0A000', 'immutable', 'ON CONFLICT DO NOTHING', 'on conflict do update'
);
select test.is_refused(
    'update system_device_metrics set timestamp = timestamp where false', '0A000', 'immutable', null,
    'even one that would change nothing'
);
select results_eq(
    'select ffmpeg_status from system_device_metrics where timestamp < ''2026-03-03''', $$ values ('stuck') $$,
    'the sample is what it was'
);

select * from finish();
