select plan(4);

insert into incident.policy (host_name, no_data_after) values ('host-2', '10 minutes');
insert into incident.policy (host_name, device_name, capture_folder, sample_interval, no_data_after)
values ('host-2', 'Device 2', 'folder of Device 2', '5 minutes', '20 minutes');

select test.send('active', start, device_name, host_name)
from unnest(array['10:00', '10:15']) as start
cross join (
    values ('host-1', 'Device 1'), ('host-2', 'Device 1'), ('host-2', 'Device 2')
) as device (host_name, device_name);
select incident.sweep(test.at('10:15'));

select is(
    test.history(host_name => 'host-1'), array['10:00 active/active', '10:01 no_data/no_data', '10:15 active/active'],
    'three minutes by default'
);
select is(
    test.history(host_name => 'host-2'), array['10:00 active/active', '10:01 no_data/no_data', '10:15 active/active'],
    'ten on the second host'
);
select is(
    test.history('Device 2', 'host-2'), array['10:00 active/active'], 'twenty for its second device'
);

select incident.sweep(test.at('10:35'));
select is(
    test.history('Device 2', 'host-2'), array['10:00 active/active', '10:20 no_data/no_data'],
    'whose first missed sample is that of five minutes later'
);

select * from finish();
