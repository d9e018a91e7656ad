select plan(10);
update incident.policy set new_device_grace = '0';

select test.send('active unknown/active unknown/active');
select test.send(repeat('active ', 60), device_name => 'Device 2');
select test.send('unknown/unknown', '10:20');
select test.send(repeat('unknown ', 16), '10:03');
select test.send(repeat('active/unknown ', 30), '10:21');
select incident.sweep(test.at('10:30'));
select is(test.incidents(), '{}', 'half an hour may pass');
select incident.sweep(test.at('10:31'));
select is(test.incidents(), array['system medium open 10:01-'], 'then it is an incident, from its beginning');
select is(
    (select i.reason || ' | ' || i.description from system_incident as i),
    'unknown since 2026-03-02 10:01 UTC | unknown for too long: host-1, Device 1 (folder of Device 1)', 'which says so'
);

-- Silence after it is the same failure, and worse.
select incident.sweep(test.at('10:58'));
select is(test.incidents(), array['system high open 10:01-'], 'silence after it goes on');
select test.send('stuck/unknown', '10:58');
select incident.sweep(test.at('10:59'));
select is(
    test.incidents(), array['system high resolved 10:01-10:58', 'ffmpeg high open 10:58-'], 'half an hour begins again'
);

select test.send('active', '10:15:30');
select incident.sweep(test.at('11:00'));
select is(
    array(
        select i from unnest(test.incidents()) as i
        where i not like '%retracted'
    ),
    array['system high resolved 10:16-10:58', 'ffmpeg high open 10:58-'],
    'a late row that knew better makes it shorter'
);

select incident.set_policy('host-1', unknown_after => '10 minutes');
select is(
    array(
        select i from unnest(test.incidents()) as i
        where i not like '%retracted'
    ),
    array['system medium resolved 10:01-10:15:30', 'system high resolved 10:16-10:58', 'ffmpeg high open 10:58-'],
    'how long is up to policy'
);
select is(
    (select count(*) from incident.rebuild()), 0::bigint, 'a rebuild finds the same'
);
select throws_ok(
    $$ select incident.set_policy(unknown_after => '0') $$, '22023', null, 'it cannot be nothing'
);

select test.is_sound();
select * from finish();
