select plan(4);

update incident_engine.sweep_state set swept_to = now();
select test.send('active stuck');
select test.send('active stopped', device_name => 'Living room television', host_name => 'sunrise-studio-pi-17');
select test.send('active stopped', device_name => 'Device 3');
select test.send('active stopped', device_name => 'Device 4');
select incident.acknowledge(test.incident_id('Device 3'), operator => 'grace hopper');
select incident.assign(test.incident_id('Device 4'), 'ada');
select incident.snooze(test.incident_id('Device 4'), now() + interval '1 hour');
select incident.add_maintenance(
    'host-1', now(), now() + interval '1 hour', 'new disk', 'Device 1', 'folder of Device 1'
);
select results_eq(
    'select * from incident.board',
    $$
    values
    (2::bigint, 'critical', 'open', 'sunrise.., Living ro..', '02 Mar', 'nobody', 'ffmpeg stopped'),
    (3, 'critical', 'in_progress', 'host-1, Device 3', '02 Mar', 'grace ..', 'ffmpeg stopped'),
    (4, 'critical', 'snoozed', 'host-1, Device 4', '02 Mar', 'ada', 'ffmpeg stopped'),
    (1, 'high', 'maintenance', 'host-1, Device 1', '02 Mar', 'nobody', 'ffmpeg stuck')
    $$,
    'worst first, then oldest; who is on it, and why nobody is told'
);
select test.send('active', '10:02', device_name => 'Device 4');
select is(
    (
        select b.id from incident.board as b
        where b.state = 'snoozed'
    ), null, 'what is over is not on it'
);

update incident_engine.sweep_state set swept_to = now() - interval '12 minutes';
select results_eq(
    'select * from incident.board limit 1',
    $$ values (null::bigint, 'unknown', 'unwatched', 'nobody has looked', '', '', 'for 12 min') $$,
    'when nobody has looked the first line says so'
);
update incident_engine.sweep_state set swept_to = '-infinity';
select is((
    select b.what from incident.board as b
    where b.state = 'unwatched'
), 'yet', 'or that nobody ever has');

select * from finish();
