select plan(4);
update incident.policy set new_device_grace = '0';

select test.send('active active');
select test.send('active active', device_name => 'Device 2');
select incident.sweep(test.at('10:10'));
select test.send('active active active active', '10:07', device_name => 'Device 2');
select is(test.incidents('host-1'), array['system critical resolved 10:02-10:07'], 'the host was silent for less long');
select incident.sweep(test.at('10:10'));
select is(test.incidents(), array['system high open 10:07-'], 'the device alone since then');

select test.send('active active active active active active active active active', '10:02');
select is(
    test.incidents('host-1') || test.incidents(),
    array['system critical resolved 10:02-10:07 retracted', 'system high resolved 10:07-10:07 retracted'],
    'neither ever was'
);

select test.is_sound();
select * from finish();
