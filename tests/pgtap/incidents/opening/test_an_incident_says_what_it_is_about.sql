select plan(2);

insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, video_device, ffmpeg_status, monitor_status, timestamp
)
values
('host-1', 'device-7', 'Lobby', 'capture7', '/dev/video7', 'stuck', 'stopped', test.at('10:00')),
('host-1', 'device-8', 'Roof', 'capture8', null, 'stopped', 'active', test.at('10:00'));

select results_eq(
    $$
    select host_name, device_id, device_name, capture_folder, video_device, incident_type, component, severity, status,
        detected_at, description
    from system_incident
    order by device_name, component
    $$,
    $$
    values
    ('host-1', 'device-7', 'Lobby', 'capture7', '/dev/video7', 'ffmpeg_failure', 'ffmpeg', 'high', 'open',
        test.at('10:00'), 'ffmpeg stuck on host-1, Lobby (capture7)'),
    ('host-1', 'device-7', 'Lobby', 'capture7', '/dev/video7', 'monitor_failure', 'monitor', 'critical', 'open',
        test.at('10:00'), 'monitor stopped on host-1, Lobby (capture7)'),
    ('host-1', 'device-8', 'Roof', 'capture8', null, 'ffmpeg_failure', 'ffmpeg', 'critical', 'open',
        test.at('10:00'), 'ffmpeg stopped on host-1, Roof (capture8)')
    $$,
    'device, component, severity, since when, and a line for people'
);
select is(
    (
        select count(*)
        from system_incident
        where
            created_at = now() and detected_at < created_at and incident_uuid is not null and acknowledged_at is null
            and resolved_at is null and total_duration_minutes is null and retracted_at is null
    ),
    3::bigint,
    'created_at is when the database learned of it; nothing else has happened yet'
);

select * from finish();
