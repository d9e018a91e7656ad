select plan(20);

create function test.insert(into_table text, usual jsonb, change text) returns text
language sql
return format(
    'insert into %1$I select w.* from jsonb_populate_record(null::%1$I, %2$L) as w', into_table, usual || change::jsonb
);
create function test.sample_with(change text) returns text
language sql
return test.insert(
    'system_device_metrics',
    '{"id": "7e11a5b0-0000-4000-8000-000000000000", "host_name": "host-1", "device_id": "1", "device_name": "Device 1",
      "capture_folder": "capture1", "ffmpeg_status": "active", "monitor_status": "active",
      "timestamp": "2026-03-02 10:00+00", "created_at": "2026-03-02 10:00+00"}',
    change
);
create function test.host_row_with(change text) returns text
language sql
return test.insert(
    'system_metrics',
    '{"id": "7e11a5b0-0000-4000-8000-000000000000", "host_name": "host-1", "timestamp": "2026-03-02 10:00+00",
      "created_at": "2026-03-02 10:00+00"}',
    change
);

select test.is_refused(test.sample_with(w.change), '23514', w.rule, null, 'refused: ' || w.change)
from (
    values
    ('{"host_name": ""}', 'host_name_is_not_empty'),
    ('{"device_name": ""}', 'device_name_is_not_empty'),
    ('{"capture_folder": ""}', 'capture_folder_is_not_empty_and_not_unknown'),
    ('{"capture_folder": "unknown"}', 'capture_folder_is_not_empty_and_not_unknown'),
    ('{"ffmpeg_status": "error"}', 'ffmpeg_status_is_active_stuck_stopped_or_unknown'),
    ('{"ffmpeg_status": "no_data"}', 'ffmpeg_status_is_active_stuck_stopped_or_unknown'),
    ('{"monitor_status": "Active"}', 'monitor_status_is_active_stuck_stopped_or_unknown'),
    ('{"monitor_status": ""}', 'monitor_status_is_active_stuck_stopped_or_unknown'),
    ('{"timestamp": "infinity"}', 'timestamp_is_finite'),
    ('{"timestamp": "-infinity"}', 'timestamp_is_finite')
) as w (change, rule);

select test.is_refused(test.sample_with(format('{"%s": null}', name)), '23502', name, null, 'refused: no ' || name)
from
    unnest(
        array[
            'host_name', 'device_id', 'device_name', 'capture_folder', 'ffmpeg_status', 'monitor_status', 'timestamp'
        ]
    ) as name;

select test.is_refused(test.host_row_with(w.change), '23514', w.rule, null, 'refused of a host: ' || w.change)
from (
    values ('{"host_name": ""}', 'host_name_is_not_empty'), ('{"timestamp": "infinity"}', 'timestamp_is_finite')
) as w (change, rule);

select lives_ok(test.sample_with('{}'), 'without a change it is fine');

select * from finish();
