select plan(9);

select test.send('active stuck active', '10:00', 'A');
select test.send('active stuck active', '10:00', 'B');

select throws_ok(
    $$ select incident.move_device('host-1', 'A', 'folder of A') $$,
    '22023', 'host-1, A (folder of A) is where it goes already'
);
select throws_ok(
    $$ select incident.move_device('host-1', 'Z', 'z', 'host-2') $$,
    'P0002', 'there is no device host-1, Z (z)'
);
select throws_ok(
    $$ select incident.move_device('host-1', null, 'z', 'host-2') $$,
    '22004', 'device_name must not be null or empty'
);
select throws_ok(
    $$ select incident.move_device('host-1', 'A', 'folder of A', to_capture_folder => 'host') $$,
    '22023', 'a device cannot be called host-1, A (host)'
);
select throws_ok(
    $$ select incident.move_device('host-1', 'A', 'folder of A', 'host-1', 'B', 'folder of B') $$,
    '22023',
    'host-1, A (folder of A) and host-1, B (folder of B) are two devices: both have sent samples of the same time'
);
select throws_ok(
    $$ select incident.move_device('host-1', 'A', 'folder of A', 'host-2', operator => 'engine') $$,
    '22023', 'operator must not be engine'
);
select throws_ok(
    $$ select incident.rename_host('host-7', 'host-8') $$,
    'P0002', 'there is no host host-7'
);
select throws_ok(
    $$ select incident.rename_host('host-1', 'host-1') $$,
    '22023', 'host-1 is its name already'
);
select throws_ok(
    $$ update incident.timeline set host_name = 'host-2' $$,
    '0A000', 'update on incident.timeline is refused: it is append-only'
);

select * from finish();
