select plan(18);

update incident_engine.sweep_state set swept_to = now();
select incident.set_contact('default', group_interval => '0');
select incident.set_escalation_step('default', 1, 'default', repeat_every => '5 minutes', repeat_times => 1);
select test.send('active stopped');
select incident.claim_messages('n1');
select incident.settle_message(1);
select results_eq(
    $$ select d.id, d.state, d.who from incident.dismiss(1, 'the stream was a test', 'ana', test.at('10:03')) as d $$,
    $$ values (1::bigint, 'dismissed', 'ana') $$, 'a line says so'
);
select is_empty('select * from incident.board', 'it leaves the board');
select is_empty('select * from incident.active', 'and what is broken');
select is_empty('select * from incident.announced', 'and what alerts read');
select matches(
    (select s.answer from incident.status() as s limit 1), '^nothing is broken', 'the status on one screen agrees'
);
select is(
    (test.told())[2], '1 unacknowledged to default superseded: dismissed by ana', 'what is still to come is held back'
);
select is(
    (
        select r.incidents
        from incident.response_times(test.at('09:00'), test.at('11:00'), as_of => test.at('11:00')) as r
    ), null, 'reports leave it out'
);
select is((select r.dismissed_by from incident.recent as r), 'ana', 'the record does not');
select is((test.timeline(1))[3], '10:03 dismissed by ana: the stream was a test', 'nor does the timeline');

select test.send('stopped', '10:04');
select is((select count(*) from system_incident), 1::bigint, 'while it lasts no other is opened');
select is((select d.state from incident.dismiss(1, 'me too', 'ben') as d), 'dismissed', 'twice is once');
select is((test.timeline(1))[4], 'now commented by ben: me too', 'the note of the second is a comment');

select is(
    (select u.state from incident.undismiss(1, 'it was none', 'ben', test.at('10:05')) as u), 'open', 'it can be undone'
);
select is((test.told())[3], '1 unacknowledged to default pending', 'then people are told again that it lasts');
select test.is_refused('select incident.undismiss(1)', 'IN001', 'was not dismissed', 'comment', 'once');
select test.is_sound();
select is_empty('select * from incident.verify_timeline()', 'and its timeline is whole');
select test.is_refused('select incident.dismiss(1, null)', '22004', 'note must not be', null, 'never without a word');

select * from finish();
