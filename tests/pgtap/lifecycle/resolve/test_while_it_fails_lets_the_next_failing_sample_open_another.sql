select plan(2);

-- without a stated time it ends now, and samples from before do not come back to it
insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, ffmpeg_status, monitor_status, timestamp
)
values ('host-1', '1', 'Device 1', 'capture1', 'stuck', 'active', now() - interval '1 minute');
select incident.resolve(1);
insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, ffmpeg_status, monitor_status, timestamp
)
values ('host-1', '1', 'Device 1', 'capture1', 'stuck', 'active', now() + interval '1 minute');
select is(
    (select array_agg(status order by incident_id) from system_incident), array['resolved', 'open'], 'a new incident'
);
select results_eq(
    'select resolved_at, (select detected_at from system_incident where incident_id = 2)
    from system_incident where incident_id = 1',
    $$ values (now(), now() + interval '1 minute') $$,
    'the first ended when the operator said so, the second began with the sample'
);

select * from finish();
