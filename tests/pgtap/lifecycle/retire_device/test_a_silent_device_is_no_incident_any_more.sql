select plan(9);
update incident.policy set new_device_grace = '0';

select test.send('active stuck');
select test.send(repeat('active ', 60), device_name => 'Device 2');
select incident.sweep(test.at('10:10'));
select is(
    test.incidents(), array['ffmpeg high open 10:01-', 'system high open 10:02-'], 'it is silent'
);
select is(
    (
        select (r.retired_by, r.retired_at, r.reason)::text
        from incident.retire_device(
                'host-1', 'Device 1', 'folder of Device 1', 'sold', operator => 'ada', retired_at => test.at('10:12')
            ) as r
    ),
    (('ada', test.at('10:12'), 'sold')::record)::text,
    'retired'
);
select is(
    test.incidents(), array['ffmpeg high resolved 10:01-10:12', 'system high resolved 10:02-10:12'],
    'what was active ended then'
);
select incident.sweep(test.at('10:50'));
select is(
    test.incidents(),
    array['ffmpeg high resolved 10:01-10:12', 'system high resolved 10:02-10:12'],
    'and nothing new begins'
);

select test.send('active active', '10:58');
select incident.sweep(test.at('11:02'));
select test.send(repeat('active ', 10), '11:00', device_name => 'Device 2');
select incident.sweep(test.at('11:08'));
select is(
    test.incidents(),
    array['ffmpeg high resolved 10:01-10:12', 'system high resolved 10:02-10:12', 'system high open 11:00-'],
    'a sample brings it back: its next silence counts'
);

select incident.retire_device('host-1', 'Device 1', 'folder of Device 1', 'broken', retired_at => test.at('11:05'));
select is(
    (test.incidents())[3], 'system high resolved 11:00-11:05', 'retired again'
);
select is(
    (select count(*) from incident.reinstate_device('host-1', 'Device 1', 'folder of Device 1', operator => 'ada')),
    2::bigint,
    'a mistake is taken back'
);
select is(
    (test.incidents())[2:], array['system high resolved 10:02-10:58', 'system high open 11:00-'],
    'as if it had never been'
);

select test.is_sound();
select * from finish();
