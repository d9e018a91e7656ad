select plan(9);
select test.is_refused(
    $$ select incident.set_escalation_step('nights', 1, 'nobody') $$, 'P0002', 'there is no contact ''nobody''',
    'set_contact', 'an unknown contact'
);
select test.is_refused(
    $$ select incident.set_escalation_step('nights', 0, 'default') $$,
    '22023',
    'step 0',
    'repeat',
    'a step before the first'
);
select test.is_refused(
    $$ select incident.set_escalation_step('nights', 1, 'default', repeat_times => 3) $$, '22023', 'repeat_times 3',
    'both, or neither', 'repetitions without a distance'
);
select test.is_refused(
    $$ select incident.add_route('nights') $$, 'P0002', 'no escalation ''nights''', 'set_escalation_step',
    'a route to an unknown escalation'
);
select test.is_refused(
    $$ select incident.add_route('default', at_least => 'bad') $$,
    '22023',
    'at_least bad',
    'Leave out',
    'an unknown severity'
);
select test.is_refused(
    $$ select incident.add_route('default', local_from => '08:00', local_to => '20:00', time_zone => 'Mars/Base') $$,
    '22023',
    'Mars/Base', 'pg_timezone_names', 'an unknown time zone'
);
select test.is_refused(
    $$ select incident.remove_contact('default') $$, '2BP01', 'still told', 'Name another', 'removing a contact in use'
);
select test.is_refused(
    $$ select incident.remove_escalation_step('default') $$,
    '2BP01',
    'no step left',
    'remove_route',
    'an escalation in use'
);
select test.is_refused(
    $$ select incident.set_contact('mailto:user:secret@host') $$,
    '22023',
    'cannot be the name',
    'configuration of the notifier',
    'an address'
);
select * from finish();
