select plan(8);

select test.send('active stuck');
select
    is(
        test.told(),
        array['1 opened to default pending'],
        'out of the box everything goes to the contact default, at once'
    );

select test.send('active stuck active', device_name => 'Device 2');
select is(
    (test.told())[2], '2 opened to nobody suppressed: over before anybody could be told',
    'what was over when the database learned of it is told to nobody'
);

select test.send('stopped', '10:02');
select is(
    (test.told())[:2],
    array['1 opened to default superseded: severity rose to critical', '1 severity_raised to default pending'],
    'what gets worse before it was told is told once, as it is now'
);

select incident.acknowledge(1, operator => 'ana');
select
    is(
        (test.told())[2], '1 severity_raised to default pending', 'that it got worse is told although somebody is on it'
    );

select test.send('active', '10:03');
select
    is((test.told())[2], '1 severity_raised to default superseded: over before it was told', 'but not when it is over');
select is(cardinality(test.told()), 3, 'and since nobody was told, nobody is told that it is over');

select is_empty('select * from incident_engine.telling_violations()', 'each incident has its reason');
select is_empty('select from incident.claim_messages(''n1'')', 'nothing is left to send');
select * from finish();
