select plan(5);

select test.send('active');
select throws_ok(
    $$ select incident.void_samples('host-1', 'Device 1', null, 'x') $$,
    '22023', 'period must hold time, but is null', 'a null period'
);
select throws_ok(
    $$ select incident.void_samples('host-1', 'Device 1', 'empty', 'x') $$,
    '22023', 'period must hold time, but is empty', 'an empty one'
);
select throws_ok(
    $$ select incident.void_samples('host-1', 'Device 9', tstzrange(null, null), 'x') $$,
    'P0002', 'there are no samples of host-1, Device 9', 'a device that never reported'
);
select throws_ok(
    $$ select incident.void_samples('host-1', 'Device 1', tstzrange(null, null), ' ') $$,
    '22004', 'reason must not be null or empty', 'no reason'
);
select throws_ok(
    $$ select incident.restore_samples(7, 'x') $$,
    'P0002', 'no samples are void by the number 7', 'a number that is not'
);

select * from finish();
