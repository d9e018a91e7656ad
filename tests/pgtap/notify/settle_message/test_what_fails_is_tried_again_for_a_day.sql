select plan(9);
select test.send('active stuck');
select incident.claim_messages('n1');
select is_empty('select from incident.claim_messages(''n2'')', 'a lease keeps it from the others');
select is(incident.settle_message(1, e'550 no\nsuch user'), 'pending', 'the service refuses it');
select results_eq(
    'select m.reason, m.next_attempt_at - now(), m.attempts, m.leased_by from incident.message as m',
    $$ values ('550 no such user', interval '30 seconds', 1, null::text) $$,
    'its words are kept, it is tried again in 30 s'
);
update incident.message set next_attempt_at = now();
select incident.claim_messages('n1');
select incident.settle_message(1, 'still not');
select is((select m.next_attempt_at - now() from incident.message as m), interval '1 minute', 'then in a minute');
update incident.message set next_attempt_at = now();
select incident.claim_messages('n1');
select incident.settle_message(1, '429', retry_after => '10 minutes');
select
    is(
        (select m.next_attempt_at - now() from incident.message as m), interval '10 minutes', 'or when the service says'
    );

-- Killed in the middle.
update incident.message set next_attempt_at = now();
select incident.claim_messages('n1');
update incident.message set leased_until = now();
update incident.notification set leased_until = now();
select
    is((select m.message_id from incident.claim_messages('n2') as m), 1::bigint, 'after the lease another one has it');

update incident.message set made_at = now() - interval '25 hours';
select is(incident.settle_message(1, 'never'), 'failed', 'after a day it is given up');
select is(test.told(), array['1 opened to default failed: never'], 'with the service''s words');
select is(
    (
        select t.note from incident.timeline as t
        where t.event = 'telling_failed'
    ), 'opened, message 1, never',
    'in the timeline too'
);
select * from finish();
