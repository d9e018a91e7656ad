select plan(5);
update incident.policy set new_device_grace = '0';

select test.send('active active active');
select test.send('active active active', device_name => 'Device 2');
select incident.sweep(test.at('10:10'));
select is(test.incidents('host-1'), array['system critical open 10:03-'], 'the host is silent');

select test.send('active active', '10:20:10', device_name => 'Device 2');
select incident.sweep(test.at('10:21:30'));
select is(test.incidents(), '{}', 'the device has time to come back');

select test.send('active', '10:22:10', device_name => 'Device 2');
select incident.sweep(test.at('10:22:30'));
select is(
    test.incidents(), array['system high open 10:20:10-'],
    'it is not back as long after its host as a silence must last: silent since the host is back'
);

select test.send('active', '10:40');
select is(test.incidents(), array['system high resolved 10:20:10-10:40'], 'until it reports');

select test.is_sound();
select * from finish();
