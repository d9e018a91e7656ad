select plan(6);

select test.send('active');
select test.is_refused(
    'select incident.retire_device(''host-1'', ''Device 9'', ''folder'', ''sold'')',
    'P0002',
    'no device host-1, Device 9',
    'incident.device', 'an unknown device'
);
select test.is_refused(
    $$ select incident.retire_device(
        'host-1', 'Device 1', 'folder of Device 1', 'sold', retired_at => test.at('09:59')
    ) $$,
    '22023', 'has reported since', 'Stop its agent', 'a device that reported after it'
);
select test.is_refused(
    'select incident.retire_device(''host-1'', null, null, ''sold'', retired_at => ''infinity'')', '22023',
    'a moment that has come', 'now', 'a time that cannot be'
);
select test.is_refused(
    'select incident.retire_device(''host-1'', ''Device 1'', ''folder of Device 1'', null)',
    '22004',
    'reason',
    null,
    'no reason'
);
select test.is_refused(
    'select incident.reinstate_device(''host-1'', ''Device 1'', ''folder of Device 1'')', 'P0002', 'is not retired',
    'incident.retirement', 'a device that is not retired'
);
select test.is_refused(
    'select incident.retire_device(''host-1'', ''Device 1'', null, ''sold'')',
    'P0002',
    'no device',
    'leave device_name',
    'half a device'
);

select * from finish();
