select plan(7);

select incident.set_accept_late('400 days');
select is((select r.accept_late from incident.retention as r), interval '400 days', 'as it is delivered');
insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, created_at
)
values ('host-1', 'd', 'd', 'f', '2000-01-01 00:00:30+00', 'stopped', test.at('10:00'));
select is((select count(*) from incident.device), 0::bigint, 'a row of 2000 alone makes no device');
insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, created_at
)
values ('host-1', 'd', 'd', 'f', test.at('10:00'), 'active', test.at('10:00')),
('host-1', 'd', 'd', 'f', '2000-01-02 00:00:30+00', 'stopped', test.at('10:00')),
('host-1', 'd', 'd', 'f', test.at('10:00') - interval '399 days', 'active', test.at('10:00'));
select is(
    (select d.first_sample_at from incident.device as d),
    test.at('10:00') - interval '399 days',
    'one of 399 days ago is late, no more'
);
select is((select count(*) from system_device_metrics), 4::bigint, 'all rows are stored');
select is((select count(*) from system_incident), 0::bigint, 'and nothing failed');
select matches(
    (select h.problem from incident.health as h),
    'rows of host-1 dated back to 2000-01-01 count for nothing',
    'health names the host'
);

select incident.set_accept_late(null);
select incident.rebuild('host-1');
select is(
    (select d.first_sample_at from incident.device as d),
    '2000-01-01 00:00:30+00',
    'where all count, a rebuild finds them'
);

select * from finish();
