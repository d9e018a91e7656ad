select plan(2);

select test.send('active stuck');
select incident.add_maintenance('host-1', now() - interval '1 hour', now() + interval '90 minutes', 'new disks');
select incident.add_maintenance('host-1', now() - interval '3 hours', now() - interval '2 hours', 'over');
select incident.add_maintenance('host-2', now() - interval '1 hour', now() + interval '1 hour', 'x', 'Device 1', 'a');
select incident.add_maintenance('host-2', now() + interval '1 hour', now() + interval '2 hours', 'planned');
select results_eq(
    'select host_name, device_name, reason, minutes_left, incidents_silenced from incident.maintenance_now',
    $$ values ('host-2', 'Device 1', 'x', 60, 0::bigint), ('host-1', null, 'new disks', 90, 1) $$,
    'what ends first comes first'
);
select incident.end_maintenance(1);
select is((select count(*) from incident.maintenance_now), 1::bigint, 'one that ended early is gone');

select * from finish();
