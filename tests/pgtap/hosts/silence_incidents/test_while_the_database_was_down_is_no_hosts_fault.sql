select plan(9);
update incident.policy set new_device_grace = '0';

-- As after a restart: the last round was at 10:02, and the server started at 11:00.
select test.send('active active active');
select test.send('active active active', host_name => 'host-2');
select test.send('active', '09:00', device_name => 'Device 3', host_name => 'host-3');
select incident.sweep(test.at('10:02'));
update incident_engine.sweep_state set alive_at = test.at('10:02');
select incident_engine.notice_outage(test.at('11:00'));
select results_eq(
    'select started_at, ended_at from incident.outage', $$ values (test.at('10:02'), test.at('11:00')) $$,
    'the database was down'
);
select incident_engine.notice_outage(test.at('11:00'));
select is((select count(*) from incident.outage), 1::bigint, 'which is recorded once');
update incident_engine.sweep_state set alive_at = now();

select test.send('active active', '11:01');
select incident.sweep(test.at('11:01:30'));
select is(test.incidents('host-1'), '{}', 'a host that was heard before and after was not silent');
select is(test.incidents('host-2', 'host-2'), '{}', 'another has time to come back');
select incident.sweep(test.at('11:01:59.999999'));
select is(test.incidents('host-2', 'host-2'), '{}', 'not yet');
select incident.sweep(test.at('11:02'));
select is(
    test.incidents('host-2', 'host-2'),
    array['system critical open 11:00-'],
    'it has not: silent since the database is back'
);
select is(
    test.incidents('host-3', 'host-3'), array['system critical open 09:01-'],
    'one that was silent before the outage is silent since then'
);

select test.send('active', '10:30', host_name => 'host-2');
select is(
    test.incidents('host-2', 'host-2'),
    array['system critical open 11:00-'],
    'rows of the outage change nothing about that'
);

select test.is_sound();
select * from finish();
