select plan(9);
update incident.policy set new_device_grace = '0';

select test.send('active');
select test.send('active active active', device_name => 'Device 2');
select incident.sweep(test.at('10:02:59.999999'));
select is(test.incidents(), '{}', 'not yet');

select test.send('active', '10:02:59.999999', device_name => 'Device 2');
select incident.sweep(test.at('10:03'));
select is(test.incidents(), '{}', 'silent for three minutes, but its host was not heard since');

select test.send('active', '10:03', device_name => 'Device 2');
select incident.sweep(test.at('10:03:30'));
select is(
    test.incidents(),
    array['system high open 10:01-'],
    'its host was heard three minutes after the last sample: the device is '
    'silent since the first one it missed'
);
select is(test.incidents('host-1'), '{}', 'its host is not');
select is(test.incidents('Device 2'), '{}', 'nor the other device');
select results_eq(
    'select device_id, reason, description from system_incident',
    $$ values ('id of Device 1', 'silent', 'no samples from host-1, Device 1 (folder of Device 1)') $$,
    'the incident says what it is about'
);

select test.send('active', '10:05:00.000001');
select is(test.incidents(), array['system high resolved 10:01-10:05'], 'its next sample ends it');
select is(
    (select i.resolved_at from system_incident as i), test.at('10:05:00.000001'), 'to the microsecond'
);

select test.is_sound();
select * from finish();
