select plan(2);

insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, video_device, ffmpeg_status, monitor_status, timestamp
)
values ('host-1', 'device-7', 'Lobby', 'capture7', '/dev/video7', 'stuck', 'unknown', test.at('10:00'));
select results_eq(
    $$
    select host_name, device_name, capture_folder, device_id, video_device, ffmpeg_status, monitor_status,
        state_started_at, first_sample_at, registered_at
    from incident.device
    $$,
    $$
    values ('host-1', 'Lobby', 'capture7', 'device-7', '/dev/video7', 'stuck', 'unknown', test.at('10:00'),
        test.at('10:00'), now())
    $$,
    'with their state'
);

select test.is_sound();
select * from finish();
