select plan(4);

-- Device 1 sends each minute. Device 2 is cut off from 10:03 to 10:15, is swept meanwhile, and sends its spool later,
-- in pieces, after its live rows.
select test.send_one_by_one('active active stuck stuck active active stopped - - - - active active stopped active');
select test.send_one_by_one('active active stuck', device_name => 'Device 2');
select incident.sweep(test.at('10:06'));
select incident.acknowledge(test.incident_id('Device 2'), operator => 'ada', acted_at => test.at('10:06'));
select test.send('active', '10:15', device_name => 'Device 2');
select test.send_one_by_one('active', '10:15');
select test.send('stuck active active stopped', '10:03', device_name => 'Device 2');
select incident.sweep(test.at('10:16'));
select test.send('active active stopped active', '10:11', device_name => 'Device 2');
select incident.sweep(test.at('10:17'));

select is(
    test.history('Device 1'),
    array[
        '10:00 active/active', '10:02 stuck/active', '10:04 active/active', '10:06 stopped/active',
        '10:07 no_data/no_data', '10:11 active/active', '10:13 stopped/active', '10:14 active/active'
    ],
    'the history as it was'
);
select is(test.history('Device 2'), test.history('Device 1'), 'is that of the device with the outage as well');
select is(test.incidents('Device 2'), test.incidents('Device 1'), 'and so are its incidents');

select test.is_sound();
select * from finish();
