select plan(6);
alter table system_metrics disable trigger sweep_when_due;
update incident.policy set new_device_grace = '0';

select test.send('active');
select test.send('active', device_name => 'Device 2');
select incident.sweep(test.at('10:10'));
select incident.retire_device('host-1', 'Device 1', 'folder of Device 1', 'sold', retired_at => test.at('10:11'));
select is(test.incidents('host-1'), array['system critical open 10:01-'], 'one of two');
select incident.retire_device('host-1', 'Device 2', 'folder of Device 2', 'sold', retired_at => test.at('10:12'));
select is(test.incidents('host-1'), array['system critical resolved 10:01-10:12'], 'both');
select is((select h.status from incident.host as h), 'retired', 'the register says so');

select test.send('active', device_name => 'Device 3', host_name => 'host-3');
select test.send_host('10', host_name => 'host-3');
select incident.sweep(test.at('10:20'));
select incident.retire_device('host-3', null, null, 'sold', retired_at => test.at('10:21'));
select is(
    test.incidents('host-3', 'host-3'),
    array['system critical resolved 10:01-10:21'],
    'or the host by name, with all it has'
);
select incident.sweep(test.at('10:40'));
select is((select count(*) from incident.active), 0::bigint, 'all is quiet');

select test.is_sound();
select * from finish();
