select plan(8);

-- A window that began before, and one for another device.
select incident.add_maintenance('host-1', test.at('10:00'), test.at('10:30'), 'new disks');
select incident.add_maintenance('host-1', test.at('10:00'), test.at('10:30'), 'other', 'Device 9', 'x');
select test.send('active stuck stuck', start => '10:10');
select is(
    test.timeline(test.incident_id()),
    array[
        '10:11 detected high by engine',
        '10:11 maintenance_started maintenance 1 by engine: new disks',
        '10:30 maintenance_ended maintenance 1 -> by engine: new disks'
    ],
    'an incident opened in it says so at once; the window is long over and it lasts'
);

-- An incident that was there when the window began.
select test.send('active stuck', start => '10:10', device_name => 'Device 2', host_name => 'host-2');
select incident.add_maintenance('host-2', now() - interval '1 minute', now() + interval '1 hour', 'now');
select is(
    (test.timeline(test.incident_id('Device 2')))[2:], array[
        (select test.clock(now() - interval '1 minute') || ' maintenance_started maintenance 3 by engine: now')
    ],
    'one that is active when it begins'
);
select is_empty('select from incident.announced where host_name = ''host-2''', 'and is not announced');
select incident.end_maintenance(3);
select is(
    (test.timeline(test.incident_id('Device 2')))[3],
    'now maintenance_ended maintenance 3 -> by engine: now',
    'it ends early'
);
select isnt_empty('select from incident.announced where host_name = ''host-2''', 'and it is announced now');

-- Called off altogether after the fact.
select incident.add_maintenance('host-2', now() - interval '1 minute', now() + interval '1 hour', 'not today');
select incident.end_maintenance(4, now() - interval '1 minute');
select is(
    (test.timeline(test.incident_id('Device 2')))[5:],
    array['now maintenance_ended maintenance 4 -> by engine: called off: not today'],
    'one that was called off says so'
);
select is(
    (
        select count(*) from incident.timeline
        where note like 'called off%'
    ), 1::bigint, 'to those that it had silenced'
);

-- Nothing is told twice.
create temporary table told as select count(*) as entries from incident.timeline;
select incident.sweep();
select incident.sweep();
select is((select count(*) from incident.timeline), (select entries from told), 'the sweep adds nothing to it');

select * from finish();
