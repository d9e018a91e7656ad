select plan(5);
select test.send('active stuck');
select is(incident_engine.telling_problem(), null, 'what is just due is no problem');
update incident.notification set due_at = now() - interval '3 minutes';
select is(
    incident_engine.telling_problem(),
    '1 notifications are due and no notifier has been seen for 2 minutes',
    'nobody delivers'
);
select incident.notifier_seen('n1', '0.1.0', array['noc']);
select
    is(
        incident_engine.telling_problem(),
        'no notifier can reach default',
        'one is alive, and has no address for the contact'
    );
select incident.notifier_seen('n1', '0.1.0', array['default']);
select
    matches(
        incident_engine.telling_problem(), '^1 notifications have been waiting since', 'it has, and does not deliver'
    );
select incident.settle_message(m.message_id) from incident.claim_messages('n1') as m;
select is(incident_engine.telling_problem(), null, 'it does');
select * from finish();
