select plan(11);
update incident.policy set new_device_grace = '0';

select test.send('active');
select test.send('active active active active active active', device_name => 'Device 2');
select incident.sweep(test.at('10:05'));
select is(test.incidents(), array['system high open 10:01-'], 'the device was silent');
select is(
    (select array_agg(a.device_name) from incident.announced as a), array['Device 1'], 'that is announced'
);

select incident.sweep(test.at('10:08'));
select is(test.incidents(), array['system high open 10:01-'], 'then its whole host');
select is(test.incidents('host-1'), array['system critical open 10:06-'], 'which has an incident of its own');
select is(
    (
        select i.part_of from system_incident as i
        where i.device_name = 'Device 1'
    ), test.incident_id('host-1', 'system'
    ),
    'the device''s is part of it'
);
select is(
    (select array_agg(a.device_name) from incident.announced as a), array['host-1'], 'and not announced separately'
);

select test.send('active', '10:30', device_name => 'Device 2');
select is(test.incidents('host-1'), array['system critical resolved 10:06-10:30'], 'the host is back');
select is(test.incidents(), array['system high open 10:01-'], 'the device is not');
select is((select array_agg(a.device_name) from incident.announced as a), array['Device 1'], 'and announced again');
select is(
    test.timeline(test.incident_id('Device 1', 'system')),
    array[
        '10:01 detected high by engine',
        '10:06 linked incident ' || test.incident_id('host-1', 'system') || ' by engine',
        '10:30 unlinked incident ' || test.incident_id('host-1', 'system') || ' -> by engine'
    ],
    'its timeline tells all this'
);

select test.is_sound();
select * from finish();
