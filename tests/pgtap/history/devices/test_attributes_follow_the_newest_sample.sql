select plan(5);

prepare send (text, text, text) as
insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, video_device, ffmpeg_status, monitor_status, timestamp
)
values ('host-1', $2, 'Device 1', 'capture1', $3, 'active', 'active', test.at($1));
prepare attributes as select device_id, video_device from incident.device;

execute send ('10:00', 'id-1', '/dev/video0');
execute send ('10:01', 'id-1', '/dev/video1');
select results_eq('attributes', $$ values ('id-1', '/dev/video1') $$, 'another video device');
execute send ('10:02', 'id-2', '/dev/video1');
select results_eq('attributes', $$ values ('id-2', '/dev/video1') $$, 'another id');
execute send ('10:03', 'id-2', null);
select results_eq('attributes', $$ values ('id-2', null::text) $$, 'none');
execute send ('10:02:30', 'id-0', '/dev/video9');
select results_eq('attributes', $$ values ('id-2', null::text) $$, 'a late row does not bring back what was');

select test.is_sound();
select * from finish();
