select plan(8);

prepare send (interval, text) as
insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, ffmpeg_status, monitor_status, timestamp
)
values ('host-1', '1', 'Device 1', 'capture1', $2, 'active', now() + $1);

execute send ('-1 minute', 'active');
execute send ('10 minutes', 'stopped');
select is((select count(*) from system_device_metrics), 2::bigint, 'stored');
select is(test.incidents(), '{}', 'and not believed yet');
select is((select ffmpeg_status from incident.device), 'active', 'the device is what it is now');

execute send ('5 minutes', 'stuck');
select is(
    (select array_agg(severity) from system_incident), array['high'], 'five minutes ahead is a clock that goes fast'
);

select is(
    (select future_samples_folded from incident.sweep(now() + interval '4 minutes 59 seconds')),
    0,
    'too early for a sweep'
);
select is((select future_samples_folded from incident.sweep(now() + interval '10 minutes')), 1, 'now it is time');
select is(
    (
        select array_agg((severity, detected_at)::text)
        from system_incident
        where component = 'ffmpeg'
    ),
    array[('critical', now() + interval '5 minutes')::text],
    'the incident escalates'
);
select is((select count(*) from incident_engine.future_sample), 0::bigint, 'nothing waits any more');

select * from finish();
