select plan(4);

select test.send('active stuck', device_name => 'Device 1');
select test.send('active stopped', device_name => 'Device 2');
create function pg_temp.announced() returns text[]
language sql
as $$ select array_agg(a.device_name order by a.device_name) from incident.announced as a $$;

select is(pg_temp.announced(), array['Device 1', 'Device 2'], 'people are told of active incidents');

select incident.add_maintenance(
    'host-1', now() - interval '1 hour', now() + interval '1 hour', 'new cable', 'Device 2', 'folder of Device 2'
);
select is(pg_temp.announced(), array['Device 1'], 'but not of those of a device in maintenance');

select incident.add_maintenance('host-1', now() + interval '1 hour', now() + interval '2 hours', 'new disk');
select is(pg_temp.announced(), array['Device 1'], 'maintenance that is still to come silences nothing');

select incident.add_maintenance('host-1', now() - interval '1 hour', now() + interval '2 hours', 'new rack');
select is(pg_temp.announced(), null, 'that of a host silences all its devices');

select * from finish();
