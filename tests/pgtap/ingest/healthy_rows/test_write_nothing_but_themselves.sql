select plan(3);

-- what is written again gets another ctid
create function test.places() returns text[]
language sql volatile
return (
    select
        array_agg(p.place order by p.place)
    from (
        select 'device ' || ctid::text || xmin::text from incident.device
        union all
        select 'state ' || ctid::text || xmin::text from incident.device_state
        union all
        select 'incident ' || ctid::text || xmin::text from system_incident
        union all
        select 'timeline ' || ctid::text || xmin::text from incident.timeline
        union all
        select 'error ' || ctid::text || xmin::text from incident_engine.error
        union all
        select 'future ' || ctid::text || xmin::text from incident_engine.future_sample
        union all
        select 'sweep ' || ctid::text || xmin::text from incident_engine.sweep_state
    ) as p (place)
);

select test.send_one_by_one('active stuck active active');
select test.send('stuck unknown stuck', device_name => 'Device 2');
select test.send('unknown', '10:03', device_name => 'Device 2');
create temporary table before_them as
select test.places() as places;

select test.send_one_by_one('active active active', '10:04');
select is(test.places(), (select b.places from before_them as b), 'healthy rows, one by one');
select test.send('active active active active', '10:07');
select is(test.places(), (select b.places from before_them as b), 'healthy rows in one statement');
select test.send_one_by_one('unknown unknown', '10:04', device_name => 'Device 2');
select is(test.places(), (select b.places from before_them as b), 'and rows that repeat whatever is known');

select * from finish();
