select plan(9);

select test.send('active active - - - - - - active');
select incident.sweep(test.at('10:09'));
select incident.set_policy('host-1', no_data_after => '10 minutes', sla_target => 95);
select is(test.history(), array['10:00 active/active'], 'the host bridges ten minutes');

select results_eq(
    $$ select no_data_after, sla_target from incident.unset_policy('no_data_after', 'host-1') $$,
    $$ values (null::interval, 95::numeric) $$, 'it returns what the scope has left'
);
select is(
    test.history(), array['10:00 active/active', '10:02 no_data/no_data', '10:08 active/active'],
    'history follows'
);
select incident.unset_policy(host_name => 'host-1');
select is_empty('select from incident.policy where host_name is not null', 'without a setting the scope goes');
select incident.set_policy(close_after => '3 days');
select lives_ok('select incident.unset_policy(''close_after'')', 'the default may be without close_after');

select test.is_refused(
    'select incident.unset_policy(''sla_target'')',
    '22023',
    'the default of sla_target cannot be taken back',
    'set_policy',
    'and without nothing else'
);
select test.is_refused(
    'select incident.unset_policy(''host_name'', ''host-1'')', '22023', 'host_name is not a setting', 'policy_for',
    'a scope is no setting'
);
select test.is_refused(
    'select incident.unset_policy(''open_after'', ''host-1'')', 'P0002', 'host host-1 has no open_after of its own',
    'policy_for', 'what is not there'
);
select test.is_sound();

select * from finish();
