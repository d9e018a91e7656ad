select plan(4);

select test.send_one_by_one('stuck active', every => '59.999999 seconds');
select test.send_one_by_one('stuck active', device_name => 'Device 2');
select test.send_one_by_one('stuck active', device_name => 'Device 3', every => '119.999999 seconds');
select is(
    (select array_agg(total_duration_minutes order by device_name) from system_incident), array[0, 1, 1],
    'from detection to resolution'
);
select test.send('stuck', device_name => 'Device 4');
select test.announce();
select incident.acknowledge(test.incident_id('Device 4'), operator => 'ada', acted_at => test.at('10:02:59'));
select is(
    (
        select detection_to_ack_minutes from system_incident
        where device_name = 'Device 4'
    ), 2,
    'from the moment people could know of it to acknowledgement'
);
select incident.resolve(test.incident_id('Device 4'), operator => 'ada', acted_at => test.at('10:05:58'));
select results_eq(
    $$
    select detection_to_ack_minutes, ack_to_resolution_minutes, total_duration_minutes
    from system_incident
    where device_name = 'Device 4'
    $$,
    'values (2, 2, 5)',
    'from acknowledgement to resolution; parts need not add up to the whole'
);
select is(
    (
        select ack_to_resolution_minutes from system_incident
        where device_name = 'Device 1'
    ), null,
    'null when nobody acknowledged it'
);

select * from finish();
