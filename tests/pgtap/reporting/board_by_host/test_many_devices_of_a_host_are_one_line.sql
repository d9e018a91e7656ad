select plan(2);

update incident_engine.sweep_state set swept_to = now();
select test.send('active stopped', device_name => 'Device ' || n) from generate_series(1, 5) as n;
select test.send('active', device_name => 'Device 6');
select test.send('active active/stuck', device_name => 'Device 7');
select test.send('active stuck', host_name => 'host-2');
select results_eq(
    'select * from incident.board_by_host',
    $$
    values
    ('host-1', 'critical', 6::bigint, 6::bigint, '6 of 7', '02 Mar', 'ffmpeg stopped and 1 more'),
    ('host-2', 'high', 1, 1, '1 of 1', '02 Mar', 'ffmpeg stuck')
    $$,
    'a line for each host, worst first'
);
select incident.acknowledge(array(
    select a.incident_id from incident.active as a
    where a.host_name = 'host-1'
), 'hub');
select is((
    select b.open from incident.board_by_host as b
    where b.host = 'host-1'
), 0::bigint, 'taken all at once');

select * from finish();
