select plan(3);

insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status
)
select
    'host-' || host as host_name,
    '1' as device_id,
    'Device 1' as device_name,
    'capture1' as capture_folder,
    test.at('10:00') + minute * interval '1 minute' as timestamp,
    case when (host + minute) % 3 = 0 then 'stuck' else 'active' end as ffmpeg_status,
    'active' as monitor_status
from generate_series(1, 3) as host
cross join generate_series(0, 5) as minute;

select is(
    test.incidents(host_name => 'host-1') || test.incidents(host_name => 'host-2'),
    array[
        'ffmpeg high resolved 10:02-10:03', 'ffmpeg high open 10:05-', 'ffmpeg high resolved 10:01-10:02',
        'ffmpeg high resolved 10:04-10:05'
    ],
    'each host has its own history'
);
select is(
    test.incidents(host_name => 'host-3'),
    array['ffmpeg high resolved 10:00-10:01', 'ffmpeg high resolved 10:03-10:04'],
    'the third, too'
);

select test.is_sound();
select * from finish();
