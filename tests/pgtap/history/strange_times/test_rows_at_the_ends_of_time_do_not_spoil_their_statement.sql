select plan(3);

insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, ffmpeg_status, monitor_status, timestamp
)
values
('host-1', 'id of Device 1', 'Device 1', 'folder of Device 1', 'stuck', 'active', '4713-01-01 00:00+00 BC'),
('host-1', 'id of Device 1', 'Device 1', 'folder of Device 1', 'stuck', 'active', '294276-12-31 23:59:59.999999+00'),
('host-1', 'id of Device 1', 'Device 1', 'folder of Device 1', 'stuck', 'active', test.at('10:00'));
select is((select count(*) from system_device_metrics), 3::bigint, 'stored');
select is(
    test.history() || test.incidents(), array['10:00 stuck/active', 'ffmpeg high open 10:00-'], 'the good row counts'
);

select test.is_sound();
select * from finish();
