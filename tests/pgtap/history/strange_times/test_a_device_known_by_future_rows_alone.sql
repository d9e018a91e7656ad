select plan(3);

insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, ffmpeg_status, monitor_status, timestamp
)
values ('host-1', '1', 'Device 1', 'capture1', 'stuck', 'active', now() + interval '1 day');
select is((select count(*) from incident.device), 0::bigint, 'is not known yet');
select incident.sweep(now() + interval '1 day');
select is((select count(*) from incident.device), 1::bigint, 'until then');
select is((select count(*) from incident.active), 1::bigint, 'when its incident opens, too');

select * from finish();
