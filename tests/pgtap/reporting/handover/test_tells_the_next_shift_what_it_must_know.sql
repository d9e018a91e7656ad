select plan(3);

select test.send('active stuck active', '02:00', 'Device 1');
select test.send('active stopped', '03:00', 'Device 2');
select test.send('active stuck', '03:30', 'Device 3');
select incident.acknowledge(2, 'on it', 'ana', test.at('03:05'));
select incident.assign(2, 'ben', 'needs hands', 'ana', test.at('03:10'));
select incident.comment(2, 'hub is hot', 'ben', test.at('03:20'));
select incident.add_maintenance('host-2', test.at('05:00'), test.at('06:00'), 'new disk', operator => 'ana');
update incident.maintenance set added_at = test.at('03:15');
update incident_engine.sweep_state set swept_to = now();

create function pg_temp.handover(since text, as_of text) returns text[]
language sql
return (
    select
        array_agg(
            concat_ws(' | ', h.part, to_char(h.at at time zone 'UTC', 'HH24:MI'), coalesce(h.id::text, '-'), h.what)
        )
    from incident.handover(test.at(since), test.at(as_of)) as h
);
select is(
    pg_temp.handover('01:00', '04:00'),
    array[
        'open | 03:01 | 2 | CRITICAL ffmpeg stopped on host-1, Device 2 (folder of Device 2), ben has it',
        'open | 03:31 | 3 | HIGH ffmpeg stuck on host-1, Device 3 (folder of Device 3), nobody on it',
        'over | 02:02 | 1 | ffmpeg stuck on host-1, Device 1 (folder of Device 1), over after 1 min',
        'done | 03:05 | 2 | ana acknowledged: on it',
        'done | 03:10 | 2 | ana assigned to ben: needs hands',
        'done | 03:20 | 2 | ben commented: hub is hot',
        'changed | 03:15 | - | ana planned maintenance 1 on host-2: new disk',
        'ahead | 05:00 | - | maintenance 1 on host-2 until 2026-03-02 06:00 UTC: new disk'
    ],
    'all of the night'
);
select is(
    pg_temp.handover('02:10', '04:00'),
    array[
        'open | 03:01 | 2 | CRITICAL ffmpeg stopped on host-1, Device 2 (folder of Device 2), ben has it',
        'open | 03:31 | 3 | HIGH ffmpeg stuck on host-1, Device 3 (folder of Device 3), nobody on it',
        'done | 03:05 | 2 | ana acknowledged: on it',
        'done | 03:10 | 2 | ana assigned to ben: needs hands',
        'done | 03:20 | 2 | ben commented: hub is hot',
        'changed | 03:15 | - | ana planned maintenance 1 on host-2: new disk',
        'ahead | 05:00 | - | maintenance 1 on host-2 until 2026-03-02 06:00 UTC: new disk'
    ],
    'what was over before is left out'
);

select throws_ok(
    $$ select * from incident.handover(now() + interval '1 hour') $$,
    '22023',
    null,
    'a shift cannot begin in the future'
);

select * from finish();
