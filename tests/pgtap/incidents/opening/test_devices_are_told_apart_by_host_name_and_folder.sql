select plan(5);

-- capture1 on two hosts, and two folders of the same device
insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, ffmpeg_status, monitor_status, timestamp
)
values
('host-1', '1', 'Camera', 'capture1', 'stuck', 'active', test.at('10:00')),
('host-2', '1', 'Camera', 'capture1', 'stopped', 'active', test.at('10:00')),
('host-1', '1', 'Camera', 'capture2', 'active', 'stuck', test.at('10:00')),
('host-1', '1', 'Microphone', 'capture1', 'active', 'active', test.at('10:00'));

prepare incidents as
select host_name, device_name, capture_folder, component, severity, status
from system_incident
order by host_name, device_name, capture_folder;

select results_eq(
    'incidents',
    $$
    values
    ('host-1', 'Camera', 'capture1', 'ffmpeg', 'high', 'open'),
    ('host-1', 'Camera', 'capture2', 'monitor', 'high', 'open'),
    ('host-2', 'Camera', 'capture1', 'ffmpeg', 'critical', 'open')
    $$,
    'three of the four devices have an incident each'
);
select is((select count(*) from incident.device), 4::bigint, 'all four are known');

insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, ffmpeg_status, monitor_status, timestamp
)
values ('host-2', '1', 'Camera', 'capture1', 'active', 'active', test.at('10:01'));
select results_eq(
    'incidents',
    $$
    values
    ('host-1', 'Camera', 'capture1', 'ffmpeg', 'high', 'open'),
    ('host-1', 'Camera', 'capture2', 'monitor', 'high', 'open'),
    ('host-2', 'Camera', 'capture1', 'ffmpeg', 'critical', 'resolved')
    $$,
    'recovery of one is recovery of that one'
);
select is(
    (
        select count(*) from incident.device_state
        where host_name = 'host-2'
    ), 2::bigint, 'in the history, too'
);

select test.is_sound();
select * from finish();
