select plan(7);
select incident.add_maintenance('host-1', now() - interval '1 hour', now() + interval '1 hour', 'new disk');
select test.send('active stuck');
select is(test.told(), array['1 opened to nobody suppressed: maintenance 1'], 'what opens in maintenance is not told');
select test.send('stopped', '10:02');
select is((test.told())[2], '1 severity_raised to nobody suppressed: maintenance 1', 'nor that it gets worse');
select incident.sweep(now() + interval '61 minutes');
select is((test.told())[3:3], array['1 opened to default pending'], 'when the window ends it is told, once');
select incident.sweep(now() + interval '62 minutes');
select is((
    select count(*) from incident.notification as t
    where t.incident_id = 1
), 3::bigint, 'and not again');

-- Pending when the window begins.
select test.send('active stuck', device_name => 'Device 2', host_name => 'host-2');
select incident.add_maintenance('host-2', now() - interval '1 hour', now() + interval '1 hour', 'new rack');
select is(
    (
        select array_agg(t.reason order by t.number) from incident.notification as t
        where t.host_name = 'host-2'
    ),
    array['maintenance 2'], 'what was pending is held back in the transaction of the window'
);
select test.send('active', '10:02', device_name => 'Device 2', host_name => 'host-2');
select incident.end_maintenance(2);
select is(
    (
        select count(*) from incident.notification as t
        where t.host_name = 'host-2'
    ), 1::bigint,
    'it recovered before the end: there is nothing to tell'
);
select is_empty('select * from incident_engine.telling_violations()', 'each incident has its reason');
select * from finish();
