select plan(5);
select test.send_one_by_one('active stuck active stuck active stuck active stuck active stuck active');
select is(
    (select array_agg(i.incident_id || ' since ' || test.clock(i.flapping_since)) from incident.active as i),
    array['3 since 10:06'],
    'the device flaps'
);
select is(
    (test.told())[3:], array['3 opened to default pending'],
    'that goes on as one incident, of which people are told once'
);
select incident.claim_messages('n1');
select incident.settle_message(1);
select test.send_one_by_one('stuck active stuck active', '10:11');
select is((test.told())[4:], '{}'::text[], 'no change after that is told');

-- Told that it was over, people hear that it is not, though that is the change with which flapping begins.
select incident.set_policy('host-1', 'Device 2', 'folder of Device 2', reopen_within => '10 minutes');
select test.send_one_by_one('active stuck active stuck active', device_name => 'Device 2');
select incident.claim_messages('n1');
select incident.settle_message(2);
select test.send('stuck active stuck active stuck', '10:05', device_name => 'Device 2');
select is(
    (
        select test.clock(i.flapping_since) from incident.active as i
        where i.device_name = 'Device 2'
    ), '10:06',
    'another begins to flap with the change that opens its incident again'
);
select is(
    (test.told())[cardinality(test.told())], '4 reopened to default pending',
    'whoever heard that it was over hears that it is not'
);
select * from finish();
