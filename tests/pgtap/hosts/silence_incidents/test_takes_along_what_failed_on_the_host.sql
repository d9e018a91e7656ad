select plan(4);
update incident.policy set new_device_grace = '0';

select test.send('active stopped/stopped', device_name => d) from unnest(array['Device 1', 'Device 2']) as d;
select is((select count(*) from incident.announced), 4::bigint, 'two components of two devices fail');
select incident.sweep(test.at('10:10'));
select is(
    (select array_agg(a.device_name) from incident.announced as a),
    array['host-1'],
    'then their host falls silent, and is told of alone'
);
select test.send('stopped/stopped', '10:11', device_name => d) from unnest(array['Device 1', 'Device 2']) as d;
select incident.sweep(test.at('10:12'));
select is(
    (
        select count(*) from incident.announced as a
        where a.device_name <> 'host-1'
    ),
    4::bigint,
    'heard again, they are told of again'
);

select test.is_sound();
select * from finish();
