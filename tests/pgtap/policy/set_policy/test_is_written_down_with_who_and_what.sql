select plan(3);

select
    incident.set_policy('host-1', sla_target => 99.5, close_after => '7 days', operator => 'ada', note => 'contract');
select incident.set_policy('host-1', sla_target => 99.9, close_after => '7 days', operator => 'bo');
select incident.unset_policy('close_after', 'host-1', operator => 'ada');
select results_eq(
    'select operator, host_name, setting, old_value, new_value, note from incident.policy_change order by change_id',
    $$ values
    ('ada', 'host-1', 'sla_target', null, '99.5', 'contract'),
    ('ada', 'host-1', 'close_after', null, '7 days', 'contract'),
    ('bo', 'host-1', 'sla_target', '99.5', '99.9', null),
    ('ada', 'host-1', 'close_after', '7 days', null, null) $$,
    'one entry for each value that changed'
);
select set_config('incident_engine.policy_operator', '', true);
update incident.policy set sla_target = 98
where host_name is null;
select results_eq(
    'select operator, recorded_by, old_value, new_value from incident.policy_change order by change_id desc limit 1',
    $$ select session_user::text collate "default", session_user::text collate "default", '99.0', '98' $$,
    'a change past the functions, too'
);
select incident.set_retention('30 days', 'ada');
select results_eq(
    'select operator, setting, old_value, new_value from incident.policy_change order by change_id desc limit 1',
    $$ values ('ada', 'keep_samples', null, '30 days') $$,
    'and retention'
);

select * from finish();
