select plan(9);
update incident.policy set new_device_grace = '0';

select test.send('active active', device_name => d) from unnest(array['Device 1', 'Device 2']) as d;
select test.send('active active', host_name => h) from unnest(array['host-2', 'host-3']) as h;
select is(
    (select spans_left from incident.sweep(test.at('10:10'), time_budget => '1 microsecond')), 4,
    'without time the silence of four devices is left'
);
select is((select count(*) from system_incident), 0::bigint, 'nothing was told of it');
select is((select spans_waiting from incident.health), 4::bigint, 'health says how much waits');
select is((select errors_waiting from incident.health), 0::bigint, 'which is no error');

-- Who folds the host takes along what waits there.
select test.send('active', '10:09', 'Device 2');
select test.send('stopped', '10:11', 'Device 1');
select is(
    test.incidents('host-1'), array['system critical resolved 10:02-10:09'],
    'a host with news does not wait for the next round'
);

select is((select spans_left from incident.sweep(test.at('10:12'))), 0, 'the next round has time');
select is(
    test.incidents('host-2', 'host-2') || test.incidents('host-3', 'host-3'),
    array['system critical open 10:02-', 'system critical open 10:02-'], 'and finds the others silent'
);
select is((select spans_waiting from incident.health), 0::bigint, 'nothing waits');

select test.is_sound();
select * from finish();
