select plan(4);

select test.send('active stuck stuck', start => '10:10');
select incident.sweep(test.at('10:15'));
-- As if it were added before it began.
alter table incident.maintenance disable trigger write_timeline_of_new_maintenance;
insert into incident.maintenance (host_name, period, reason, added_by)
values ('host-1', tstzrange(test.at('10:20'), test.at('10:40')), 'new disks', 'ada');
select incident.sweep(test.at('10:19'));
select is(cardinality(test.timeline(test.incident_id())), 1, 'not before it begins');
select incident.sweep(test.at('10:20'));
select is(
    (test.timeline(test.incident_id()))[2],
    '10:20 maintenance_started maintenance 1 by engine: new disks',
    'when it begins'
);
select incident.sweep(test.at('10:41'));
select is(
    (test.timeline(test.incident_id()))[3],
    '10:40 maintenance_ended maintenance 1 -> by engine: new disks',
    'when it ends'
);
select test.is_sound();

select * from finish();
