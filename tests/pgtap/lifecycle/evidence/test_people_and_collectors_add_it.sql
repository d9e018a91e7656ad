select plan(9);

select test.send('stuck');
select incident.add_evidence(1, '{"screenshot": "https://site/1.png", "frames": 0}');
select incident.add_evidence(1, '{"frames": 12}', operator => 'ada');
select results_eq(
    'select metadata from system_incident',
    $$ values ('{"screenshot": "https://site/1.png", "frames": 12}'::jsonb) $$,
    'by name, the last one counts'
);
select results_eq(
    'select note, operator from incident.timeline where event = ''commented'' order by entry_id desc limit 1',
    $$ values ('evidence: {"frames": 12}', 'ada') $$,
    'the timeline keeps each'
);
select throws_ok('select incident.add_evidence(1, ''[1]'')', '22023', null, 'it is an object');
select throws_ok(
    'select incident.add_evidence(1, jsonb_build_object(''a'', repeat(''x'', 100001)))', '23514', null,
    'of at most 100 kB'
);

select throws_ok(
    $$
    select incident.report_evidence('host-1', 'Device 1', 'folder of Device 1', 'ffmpeg', '{"log": "l"}')
    $$,
    '42501', null, 'a collector needs its host'
);
select incident.allow_agent(session_user, 'host-1');
select is(
    incident.report_evidence('host-1', 'Device 1', 'folder of Device 1', 'ffmpeg', '{"log": "l"}'), 1::bigint,
    'then it adds to the active incident'
);
select is(
    incident.report_evidence('host-1', 'Device 1', 'folder of Device 1', 'ffmpeg', '{"log": "l"}'), null,
    'once'
);
select is(
    incident.report_evidence('host-1', 'Device 1', 'folder of Device 1', 'monitor', '{"log": "l"}'), null,
    'where none is active nothing is written'
);

select test.is_sound();
select * from finish();
