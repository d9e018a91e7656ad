select plan(8);
alter table system_metrics disable trigger sweep_when_due;
update incident.policy set new_device_grace = '0';

select test.send('active active');
select test.send('active active', '10:00:20', device_name => 'Device 2');
select test.send_host('10 10', '10:00:40');
select incident.sweep(test.at('10:04:39.999999'));
select is(test.incidents('host-1'), '{}', 'not yet');
select incident.sweep(test.at('10:04:40'));
select is(
    test.incidents('host-1'), array['system critical open 10:02:40-'],
    'silent three minutes after its last signal, since the first one it missed'
);
select results_eq(
    'select device_id, device_name, capture_folder, reason, description from system_incident',
    $$ values ('host', 'host-1', 'host', 'silent', 'host host-1 silent') $$, 'the only incident is that of the host'
);
select results_eq(
    'select status, reason, state_started_at, is_silent from incident.host',
    $$ values ('silent', 'silent', test.at('10:02:40'), true) $$, 'the register of hosts shows it'
);

select test.send('active', '10:20', device_name => 'Device 2');
select is(test.incidents('host-1'), array['system critical resolved 10:02:40-10:20'], 'its next signal ends it');
select test.send('active', '10:20:30');
select incident.sweep(test.at('10:21'));
select is(test.incidents() || test.incidents('Device 2'), '{}', 'no device had one');
select is((select h.status from incident.host as h), 'reporting', 'the host reports');

select test.is_sound();
select * from finish();
