select plan(4);

select test.send('active');
select results_eq(
    $$ select ran, silences_folded, errors_repaired, future_samples_folded from incident.sweep(test.at('10:01')) $$,
    'values (true, 0, 0, 0)',
    'nothing but partitions'
);
select results_eq(
    $$ select ran, silences_folded, errors_repaired, future_samples_folded from incident.sweep(test.at('10:10')) $$,
    'values (true, 1, 0, 0)',
    'a device that went silent'
);

insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, ffmpeg_status, monitor_status, timestamp
)
values ('host-1', '1', 'Device 1', 'folder of Device 1', 'stuck', 'active', now() + interval '1 hour');
select is(
    (select future_samples_folded from incident.sweep(now() + interval '1 hour')), 1, 'a sample whose time has come'
);
select ok(
    (
        select (s.swept_to, s.started_at, s.finished_at) = (now() + interval '1 hour', now(), now())
        from incident_engine.sweep_state as s
    ),
    'and it remembers how far it has looked'
);

select * from finish();
