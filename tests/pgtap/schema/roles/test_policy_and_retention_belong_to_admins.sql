select plan(13);

create function test.as_role(role text, statement text) returns text
language sql volatile
return format('set local role %I; %s; reset role', role, statement);

-- Viewers see what holds and who changed it.
select lives_ok(
    test.as_role(
        'incident_viewer',
        'select from incident.policy_for(), incident.policy_change, incident.retention, incident.recurring_maintenance,
            incident.maintenance_now, incident.health'
    ),
    'viewers look'
);
select throws_ok(test.as_role('incident_viewer', 'select incident.end_maintenance(1)'), '42501');

-- Operators plan work.
select lives_ok(
    test.as_role(
        'incident_operator',
        'select incident.add_recurring_maintenance(''host-1'', ''{sun}'', ''02:00'', ''1 hour'', ''UTC'', ''x'')'
    ),
    'operators plan'
);
select lives_ok(test.as_role('incident_operator', 'select incident.end_maintenance(1)'), 'and end');
select lives_ok(test.as_role('incident_operator', 'select incident.end_recurring_maintenance(1)'), 'both kinds');
select throws_ok(test.as_role('incident_operator', 'select incident.set_policy(sla_target => 90)'), '42501');
select throws_ok(test.as_role('incident_operator', 'select incident.unset_policy(''close_after'')'), '42501');
select throws_ok(test.as_role('incident_operator', 'select incident.set_retention(''9 days'')'), '42501');
select
    throws_ok(test.as_role('incident_operator', 'select from incident.backtest(open_after => ''1 minute'')'), '42501');

-- Admins change what counts.
select lives_ok(
    test.as_role('incident_admin', 'select incident.set_policy(sla_target => 90), incident.set_retention(''9 days'')'),
    'admins change policy'
);
select
    lives_ok(test.as_role('incident_admin', 'select from incident.backtest(open_after => ''1 minute'')'), 'and try it');
select throws_ok(test.as_role('incident_admin', 'update incident.policy set sla_target = 1'), '42501');
select throws_ok(test.as_role('incident_admin', 'delete from incident.policy_change'), '42501');

select * from finish();
