select plan(4);

-- Stuck for an hour is a matter of the device; silent from 12:01 to 12:30 one of the server.
select test.send('active ' || repeat('stuck ', 59));
select test.send(repeat('active ', 61), '11:00');
select test.send(repeat('active ', 31), '12:30');
update incident.device set registered_at = test.at('10:00');
update incident.host set registered_at = test.at('10:00');
select incident.sweep(test.at('13:00'));

select results_eq(
    $$
    select availability_percent, up_seconds, down_seconds, maintenance_seconds, window_seconds
    from incident.server_availability(
        'day', 'UTC', test.at('10:00'), test.at('13:00'), test.at('13:00')
    )
    $$,
    $$ values (83.8888::numeric, 9060::numeric, 1740::numeric, 0::numeric, 10800::numeric) $$,
    'up while it reports, down while it is silent'
);
select is(
    (
        select array_agg(down_seconds order by bucket_start)
        from incident.server_availability('hour', 'UTC', test.at('10:00'), test.at('13:00'), test.at('13:00'))
    ),
    array[0, 0, 1740]::numeric[],
    'by hour'
);
select incident.add_maintenance('host-1', test.at('12:00'), test.at('13:00'), 'moved');
select results_eq(
    $$
    select availability_percent, maintenance_seconds
    from incident.server_availability('day', 'UTC', test.at('10:00'), test.at('13:00'), test.at('13:00'))
    $$,
    $$ values (100::numeric, 3600::numeric) $$,
    'maintenance goes first'
);
select throws_ok(
    'select incident.server_availability(''fortnight'')', '22023', null, 'a bucket is one of those of devices'
);

select * from finish();
