select plan(5);
update incident.policy set new_device_grace = '0';
create function pg_temp.announced(device_name text default 'Device 1') returns text
language sql
as $$
select test.clock(i.announced_at) from system_incident as i
where i.device_name = announced.device_name and i.component = 'system'
$$;

-- Device 1 falls silent before its host; both are known at once, so it is told of the host alone.
select test.send('active');
select test.send('active active active active active active', device_name => 'Device 2');
select incident.sweep(test.at('10:08'));
select is(test.incidents(), array['system high open 10:01-'], 'the device was silent');
select is(pg_temp.announced('host-1'), 'now', 'people can be told of the host');
select is(pg_temp.announced(), null, 'and not of the device, whose incident is part of the host''s');

select test.send('active', '10:30', device_name => 'Device 2');
select is(pg_temp.announced(), 'now', 'when the host is back and the device is not, they can');
select is((select array_agg(a.device_name) from incident.announced as a), array['Device 1'], 'that is the list of now');
select * from finish();
