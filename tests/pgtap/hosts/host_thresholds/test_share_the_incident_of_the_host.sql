select plan(8);
alter table system_metrics disable trigger sweep_when_due;
update incident.policy set
    new_device_grace = '0', cpu_samples = 1, memory_samples = 1, disk_samples = 1, temperature_samples = 1;

insert into system_metrics (host_name, timestamp, cpu_percent, memory_percent, disk_percent, cpu_temperature_celsius)
values
('host-1', test.at('10:00'), 10, 20, 30, 40),
('host-1', test.at('10:01'), 10, 97.50, 30, 40),
('host-1', test.at('10:02'), 10, 97, 30, 90),
('host-1', test.at('10:03'), 98, 20, 91, 90);
select is(test.incidents('host-1'), array['system medium open 10:01-'], 'one incident');
select is(
    (select i.reason from system_incident as i),
    'cpu 98 % (limit 95); disk 91 % (limit 90); temperature 90 °C (limit 85)',
    'with what holds now'
);

select incident.sweep(test.at('10:06'));
select is(test.incidents('host-1'), array['system critical open 10:01-'], 'worse when it falls silent');
select is(
    (select h.reason from incident.host as h),
    'silent; cpu 98 % (limit 95); disk 91 % (limit 90); temperature 90 °C (limit 85)', 'silence comes first'
);
insert into system_metrics (host_name, timestamp, cpu_percent, memory_percent, disk_percent, cpu_temperature_celsius)
values ('host-1', test.at('10:20'), 99, 20, 30, 40);
select is(
    (select i.reason from system_incident as i), 'cpu 98 % (limit 95)', 'it is back, and still too busy'
);
select test.send_host('10', '10:21');
select is(test.incidents('host-1'), array['system critical resolved 10:01-10:21'], 'over when nothing holds any more');
select is(
    test.timeline(test.incident_id('host-1', 'system')),
    array[
        '10:01 detected medium by engine',
        '10:04 severity_changed medium -> critical by engine',
        '10:04 reason_changed cpu 98 % (limit 95); disk 91 % (limit 90); temperature 90 °C (limit 85) -> '
        || 'silent; cpu 98 % (limit 95); disk 91 % (limit 90); temperature 90 °C (limit 85) by engine',
        '10:20 reason_changed silent; cpu 98 % (limit 95); disk 91 % (limit 90); temperature 90 °C (limit 85) -> '
        || 'cpu 98 % (limit 95) by engine',
        '10:21 resolved open -> resolved by engine'
    ],
    'its timeline tells all this'
);

select test.is_sound();
select * from finish();
