select plan(2);

insert into system_device_metrics (host_name, device_id, device_name, capture_folder, timestamp)
values ('host-1', 'device-1', 'Device 1', 'capture1', test.at('10:00'));
select results_eq(
    'select ffmpeg_status, monitor_status, cpu_percent, uptime_seconds, video_device from system_device_metrics',
    $$ values ('unknown', 'unknown', 0::numeric, 0::bigint, null::text) $$,
    'statuses are unknown, numbers 0'
);

insert into system_metrics (host_name, timestamp) values ('host-1', test.at('10:00'));
select results_eq(
    'select cpu_percent, uptime_seconds, ffmpeg_status, download_mbps from system_metrics',
    $$ values (0::numeric, 0::bigint, null::jsonb, null::numeric) $$,
    'a host''s row likewise'
);

select * from finish();
