select plan(3);

insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status
)
values
('host-1', '1', 'Device 1', 'capture1', test.at('10:04'), 'active', 'active'),
('host-1', '1', 'Device 1', 'capture1', test.at('10:01'), 'stuck', 'active'),
('host-1', '1', 'Device 1', 'capture1', test.at('10:05'), 'stopped', 'active'),
('host-1', '1', 'Device 1', 'capture1', test.at('10:00'), 'active', 'active'),
('host-1', '1', 'Device 1', 'capture1', test.at('10:03'), 'active', 'active'),
('host-1', '1', 'Device 1', 'capture1', test.at('10:02'), 'stopped', 'active');

select is(
    test.history(),
    array[
        '10:00 active/active',
        '10:01 stuck/active',
        '10:02 stopped/active',
        '10:03 active/active',
        '10:05 stopped/active'
    ],
    'time decides'
);
select is(
    test.incidents(),
    array['ffmpeg critical resolved 10:01-10:03', 'ffmpeg critical open 10:05-'],
    'for the incidents, too'
);

select test.is_sound();
select * from finish();
