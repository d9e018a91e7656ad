select plan(4);
select incident.set_contact('default', group_interval => '0');

select test.send('active stuck');
select isnt_empty('select from incident.claim_messages(''n1'')', 'a notifier is sending it');
select test.send('active', '10:05');
select is(
    test.told(), array['1 opened to default pending', '1 resolved to default pending'],
    'then it is over: what is on its way stays, and its end will be told'
);
select is_empty('select from incident.claim_messages(''n2'')', 'not before it has arrived');
select incident.settle_message(1, '451 try again');
update incident.message set next_attempt_at = now();
select incident.claim_messages('n1');
select is(
    (test.told())[1],
    '1 opened to default superseded: over before it was told',
    'what has to be sent again is looked at again'
);
select * from finish();
