select plan(6);

select test.send('active active active active active active active active active');
select test.send(repeat('active ', 31), device_name => 'Device 2');
select incident.sweep(test.at('10:30'));
select is(test.incidents(), '{}', 'silent nine minutes after its first sample: no incident');

select test.send('active', '09:59');
select incident.sweep(test.at('10:30'));
select is(
    test.incidents(),
    array['system high open 10:09-'],
    'unless it turns out to have been there earlier: ten minutes are over'
);
select test.send('active', '10:31');

select test.send('active', '11:00', device_name => 'Device 3', host_name => 'host-3');
select incident.sweep(test.at('11:10'));
select is(test.incidents('host-3', 'host-3'), '{}', 'a new host too');
select is((
    select h.status from incident.host as h
    where h.host_name = 'host-3'
), 'new', 'which the register says');
select test.send('active', '11:20', device_name => 'Device 3', host_name => 'host-3');
select incident.sweep(test.at('11:23'));
select is(
    test.incidents('host-3', 'host-3'), array['system critical open 11:21-'], 'once it has reported again it counts'
);

select test.is_sound();
select * from finish();
