-- The device that comes back first brings news, and nobody has looked at the samples of the other yet.
select plan(6);
update incident.policy set new_device_grace = '0';

select test.send('active active');
select test.send('active active active', device_name => 'Device 2');
select test.send('stuck', '11:00');
select is(test.history(), array['10:00 active/active', '10:02 no_data/no_data', '11:00 stuck/active'], 'it was silent');
select is(test.incidents(), array['ffmpeg high open 11:00-'], 'with its host: that was not its own silence');

select test.send('active', '11:00:20', device_name => 'Device 2');
select incident.sweep(test.at('11:01'));
select is(
    test.incidents('host-1'), array['system critical resolved 10:03-11:00'], 'the round finds the silence of the host'
);
select is(test.incidents() || test.incidents('Device 2'), array['ffmpeg high open 11:00-'], 'the devices had none');
select is(
    (
        select count(*) from system_incident as i
        where i.retracted_at is not null
    ),
    0::bigint,
    'and nothing was taken back'
);

select test.is_sound();
select * from finish();
