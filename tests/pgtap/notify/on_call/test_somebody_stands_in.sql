select plan(6);
select incident.set_contact(c.name) from unnest(array['ana', 'ben', 'cleo']) as c (name);
select incident.set_rotation('weeks', array['ana', 'ben'], 'week', (now() at time zone 'UTC')::date, '00:00', 'UTC');
select incident.override_on_call('weeks', 'cleo', now() + interval '1 hour', note => 'dentist');
select results_eq(
    'select o.contact, o.stands_in_for, o.until, o.next_contact, o.note from incident.on_call() as o',
    $$ values ('cleo', 'ana', now() + interval '1 hour', 'ana', 'dentist') $$, 'for an hour, then it is as before'
);

select incident.set_escalation_step('default', 1, 'weeks');
select test.send('active stuck');
select results_eq(
    'select m.recipient, m.body ->> ''contact'' from incident.claim_messages(''n1'') as m',
    $$ values ('cleo', 'weeks') $$,
    'a rotation may stand wherever a contact may, and whose turn it is is told'
);
select incident.settle_message(1);
select is(
    (
        select t.to_value from incident.timeline as t
        where t.event = 'told'
    ), 'cleo (weeks)', 'the timeline names both'
);

select test.is_refused(
    $$ select incident.override_on_call('days', 'cleo', now() + interval '1 hour') $$, 'P0002', 'no rotation ''days''',
    'on_call', 'an unknown rotation'
);
select test.is_refused(
    $$ select incident.override_on_call('weeks', 'cleo', now() - interval '1 hour') $$, '22023', 'a later one', 'early',
    'an end that is past'
);
select test.is_refused(
    $$ select incident.set_rotation('default', array['ana']) $$, '42710', 'a contact already', 'a name of its own',
    'the name of a contact'
);
select * from finish();
