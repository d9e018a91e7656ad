select plan(8);
create function pg_temp.announced(device_name text default 'Device 1') returns timestamptz
language sql
as $$ select i.announced_at from system_incident as i where i.device_name = announced.device_name $$;

select incident.add_maintenance(
    'host-1', now() - interval '1 hour', now() + interval '1 hour', 'new disk', 'Device 1', 'folder of Device 1'
);
select test.send('active stuck');
select test.send('active stuck', device_name => 'Device 2');
select is(pg_temp.announced(), null, 'an incident in maintenance can be told to nobody');
select is(pg_temp.announced('Device 2'), now(), 'one of another device can');
select is_empty('select from incident.announced where device_name = ''Device 1''', 'nor is it listed');

select incident.sweep(now() + interval '59 minutes');
select is(pg_temp.announced(), null, 'while the window lasts, it stays so');
select incident.sweep(now() + interval '61 minutes');
select is(pg_temp.announced(), now() + interval '1 hour', 'when it ends, the incident is announced as from its end');

-- Ended early, with another window around it.
select incident.add_maintenance('host-2', now() - interval '1 hour', now() + interval '1 hour', 'new rack');
select incident.add_maintenance('host-2', now() - interval '2 hours', now() + interval '2 hours', 'new floor');
select test.send('active stuck', device_name => 'Device 3', host_name => 'host-2');
select incident.end_maintenance(m.maintenance_id) from incident.maintenance as m
where m.reason = 'new rack';
select is(pg_temp.announced('Device 3'), null, 'one window of two ends early: still nobody can be told');
select incident.end_maintenance(m.maintenance_id) from incident.maintenance as m
where m.reason = 'new floor';
select is(pg_temp.announced('Device 3'), now(), 'the last one ends: now they can, without waiting for the sweep');

select incident.add_maintenance('host-2', now() - interval '1 hour', now() + interval '1 hour', 'new paint');
select is(pg_temp.announced('Device 3'), now(), 'a window that begins afterwards takes nothing back');
select * from finish();
