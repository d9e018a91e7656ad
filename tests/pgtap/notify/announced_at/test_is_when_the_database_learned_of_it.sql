select plan(5);
create function pg_temp.announced(device_name text default 'Device 1') returns text[]
language sql
as $$
select array_agg(test.clock(i.announced_at) order by i.detected_at) from system_incident as i
where i.device_name = announced.device_name
$$;

select test.send('active stuck');
select is(pg_temp.announced(), array['now'], 'an active incident can be told from now on, whenever it began');

select test.send('active stuck active', device_name => 'Device 2');
select is(pg_temp.announced('Device 2'), array[null], 'one that was over when the database learned of it never');

select test.send('active', '10:05');
select is(pg_temp.announced(), array[null], 'nor one that the same transaction has ended');

select incident.reopen(test.incident_id());
select is(pg_temp.announced(), array['now'], 'one that is reopened can');

select is_empty(
    'select from incident.announced where device_name = ''Device 2''', 'what is over is not to be told'
);
select * from finish();
