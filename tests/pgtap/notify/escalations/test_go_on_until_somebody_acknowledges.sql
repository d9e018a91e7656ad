select plan(6);
select incident.set_contact(c.name) from unnest(array['noc', 'boss']) as c (name);
select incident.set_escalation_step('nights', 1, 'noc', repeat_every => '5 minutes', repeat_times => 2);
select incident.set_escalation_step('nights', 2, 'boss', after => '15 minutes');
select incident.add_route('nights');

select test.send('active stuck');
select results_eq(
    'select t.kind, t.contact, t.due_at - i.announced_at from incident.notification as t join system_incident as i
    using (incident_id) order by t.number',
    $$
    values
    ('opened', 'noc', interval '0'), ('unacknowledged', 'noc', interval '5 min'), ('unacknowledged', 'noc', interval '10 min'),
    ('unacknowledged', 'boss', interval '15 min')
    $$,
    'each step and each repetition is written down at once, with its time'
);
select is((select count(*) from incident.claim_messages('n1')), 1::bigint, 'what is due is told');
select incident.settle_message(1);
select is(
    test.told(), array[
        '1 opened to noc sent', '1 unacknowledged to noc pending', '1 unacknowledged to noc pending',
        '1 unacknowledged to boss pending'
    ], 'and the rest waits for its time'
);

select incident.acknowledge(1, operator => 'ana');
select is(
    (test.told())[2:], array[
        '1 unacknowledged to noc superseded: acknowledged in time by ana',
        '1 unacknowledged to noc superseded: acknowledged in time by ana',
        '1 unacknowledged to boss superseded: acknowledged in time by ana', '1 acknowledged to noc pending'
    ], 'until somebody acknowledges; who was told is told that, the boss is not bothered'
);

select test.send('stopped', '10:02');
select
    is(
        (test.told())[6:],
        array['1 severity_raised to noc pending'],
        'that it gets worse is told once, to the first step'
    );
select is_empty('select * from incident_engine.telling_violations()', 'each incident has its reason');
select * from finish();
