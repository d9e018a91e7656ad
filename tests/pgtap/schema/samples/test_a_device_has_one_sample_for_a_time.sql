select plan(5);

select test.send('active');
select throws_ok(
    $$ select test.send('stuck') $$, '23505', null, 'a second row for the same device and time is refused'
);
select lives_ok($$ select test.send('stuck', device_name => 'Device 2') $$, 'another device may have one');
select lives_ok($$ select test.send('stuck', host_name => 'host-2') $$, 'the same device of another host, too');

insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status
)
values
('host-1', 'device-1', 'Device 1', 'folder of Device 1', test.at('10:00'), 'stopped', 'stopped'),
('host-1', 'device-1', 'Device 1', 'folder of Device 1', test.at('10:01'), 'active', 'active')
on conflict do nothing;
select is(
    test.history() || test.incidents(),
    array['10:00 active/active'],
    'with on conflict do nothing the first row stands, for the incidents as well'
);
select is(
    (
        select count(*) from system_device_metrics
        where host_name = 'host-1' and device_name = 'Device 1'
    ), 2::bigint,
    'and the rows that are new are stored'
);

select * from finish();
