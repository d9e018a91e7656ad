select plan(4);
update incident.policy set new_device_grace = '0';
insert into incident.policy (host_name, no_data_after) values ('host-2', '10 minutes');
insert into incident.policy (host_name, device_name, capture_folder, sample_interval, no_data_after)
values ('host-3', 'Device 3', 'folder of Device 3', '5 minutes', '15 minutes');

select test.send('active');
select test.send('active', device_name => 'Device 2', host_name => 'host-2');
select test.send('active', device_name => 'Device 3', host_name => 'host-3');
select incident.sweep(test.at('10:09'));
select is(
    (select array_agg(i.host_name order by i.host_name) from system_incident as i),
    array['host-1'],
    'three minutes for most'
);
select incident.sweep(test.at('10:10'));
select is(test.incidents('host-2', 'host-2'), array['system critical open 10:01-'], 'ten for one');
select incident.sweep(test.at('10:15'));
select is(
    test.incidents('host-3', 'host-3'),
    array['system critical open 10:05-'],
    'and a host is as patient as its most patient device'
);

select test.is_sound();
select * from finish();
