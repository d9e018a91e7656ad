select plan(7);
select incident.set_contact('default', group_interval => '0', messages_per_hour => 1000);

select test.send('active stuck');
select is((select m.recipient from incident.claim_messages('n1') as m), 'default', 'it is claimed');
select incident.settle_message(1);
select is(test.told(), array['1 opened to default sent'], 'and sent');

select incident.acknowledge(1, operator => 'ana');
select is((test.told())[2], '1 acknowledged to default pending', 'who was told is told who is on it');
select test.send('active', '10:05');
select is((test.told())[3], '1 resolved to default pending', 'and that it is over');

select incident.reopen(1, operator => 'ana');
select is(
    (test.told())[3:],
    array['1 resolved to default superseded: reopened before it was told', '1 reopened to default pending'],
    'what is taken back before it was told is not told'
);

-- The incident of rows that never were.
select is(
    test.timeline(1) @> array['now told default by engine: opened, message 1'], true, 'its timeline says who was told'
);
select is(
    (select (m.body -> 'incidents' -> 0 ->> 'kind') from incident.claim_messages('n1') as m), 'reopened',
    'a message tells the latest of an incident'
);
select * from finish();
