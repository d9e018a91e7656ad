select plan(4);
update incident.policy set new_device_grace = '0';
select test.send('active');
select test.send('active active active active active active', device_name => 'Device 2');
select incident.sweep(test.at('10:05'));
select is(test.told(), array['1 opened to default pending'], 'a device is silent');
select incident.sweep(test.at('10:08'));
select is(
    test.told(), array['1 opened to default superseded: part of incident 2', '2 opened to default pending'],
    'then its host: the host is told, the device is part of it'
);
select test.send('active', '10:30', device_name => 'Device 2');
select is(
    (test.told())[2:3], array['1 opened to default pending', '2 opened to default superseded: over before it was told'],
    'the host is back and the device is not: now it is told'
);
select is_empty('select * from incident_engine.telling_violations()', 'each incident has its reason');
select * from finish();
