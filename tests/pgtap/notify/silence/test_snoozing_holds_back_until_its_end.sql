select plan(8);
select incident.set_contact('default', group_interval => '0');
select incident.set_escalation_step('default', 1, 'default', repeat_every => '5 minutes', repeat_times => 1);
select test.send('active stuck');
select incident.claim_messages('n1');
select incident.settle_message(1);
select incident.snooze(1, now() + interval '2 hours', 'the van is on its way', 'ana');
select is(
    (test.told())[2],
    '1 unacknowledged to default superseded: snoozed until '
    || to_char((now() + interval '2 hours') at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC',
    'what is still to come is held back'
);
select is_empty('select from incident.announced', 'alerts do not see it either');
select matches((test.timeline(1))[3], '^now snoozed .* by ana: the van is on its way$', 'its timeline says so');
select incident.sweep(now() + interval '119 minutes');
select is(cardinality(test.told()), 2, 'while it lasts nobody is told');
select incident.snooze(1, now(), operator => 'ana');
select is(
    (test.told())[3:], array['1 unacknowledged to default pending', '1 unacknowledged to default pending'],
    'when it ends and the incident lasts, that it does'
);
select isnt_empty('select from incident.announced', 'alerts see it again');
select test.send('active', '10:05');
select test.is_refused(
    $$ select incident.snooze(1, now() + interval '1 hour') $$,
    'IN001',
    'nothing to snooze',
    'incident.board',
    'what is over'
);
select test.is_refused(
    $$ select incident.snooze(1, null) $$, '22023', 'until must be a moment', 'until =>', 'without an end'
);
select * from finish();
