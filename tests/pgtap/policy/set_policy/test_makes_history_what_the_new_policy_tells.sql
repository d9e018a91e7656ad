select plan(6);

select test.send('active active - - - - - - active stuck - - - - - active', device_name => 'Device 1');
select test.send('active active - - - - - - active', device_name => 'Device 1', host_name => 'host-2');
select incident.sweep(test.at('10:20'));
select is(
    test.history(),
    array[
        '10:00 active/active', '10:02 no_data/no_data', '10:08 active/active', '10:09 stuck/active',
        '10:10 no_data/no_data', '10:15 active/active', '10:16 no_data/no_data'
    ],
    'silence of three minutes counts'
);

select incident.set_policy('host-1', no_data_after => '10 minutes');
select is(
    test.history(), array['10:00 active/active', '10:09 stuck/active', '10:15 active/active'],
    'gaps and the end are bridged now, as if it had always been so'
);
select is(
    test.history('Device 1', 'host-2'),
    array['10:00 active/active', '10:02 no_data/no_data', '10:08 active/active', '10:09 no_data/no_data'],
    'other hosts are left alone'
);

select incident.set_policy('host-1', no_data_after => '2 minutes', refold_since => 'infinity');
select is(cardinality(test.history()), 3, 'from infinity on nothing is folded');
select incident.set_policy('host-1', no_data_after => '3 minutes');
select is(cardinality(test.history()), 7, 'and back');

select test.is_sound();
select * from finish();
