select plan(4);

alter table incident.device_state add constraint device_is_good check (device_name <> 'bad') not valid;
insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, ffmpeg_status, monitor_status, timestamp
)
values
('host-1', '1', 'bad', 'capture1', 'stuck', 'active', test.at('10:00')),
('host-1', '2', 'good', 'capture2', 'stuck', 'active', test.at('10:00'));
select incident.sweep(test.at('10:01'));
select is(test.incidents('good'), array['ffmpeg high open 10:00-'], 'the good one is folded');
select is(
    (
        select count(*) from incident_engine.error
        where repaired_at is null
    ), 1::bigint, 'the bad one waits'
);

alter table incident.device_state drop constraint device_is_good;
select incident.sweep(test.at('10:03'));
select is(test.incidents('bad'), array['ffmpeg high open 10:00-'], 'until it can be folded');
select is(
    (
        select count(*) from incident_engine.error
        where repaired_at is null
    ), 0::bigint, 'and nothing waits any more'
);

select * from finish();
