select plan(4);

update incident_engine.sweep_state set swept_to = now();
select test.send('active stopped');
select matches(
    (select s.answer from incident.status() as s limit 1), '^1 active, 1 critical, 1 with nobody on it',
    'open, it asks for somebody'
);
select incident.snooze(1, now() + interval '6 hours', 'spare part comes at nine');
select results_eq(
    'select open, what from incident.board_by_host', $$ values (0::bigint, 'ffmpeg stopped') $$,
    'snoozed it asks for nobody'
);
select matches(
    (select s.answer from incident.status() as s limit 1),
    '^nothing is broken; 1 in maintenance, snoozed or part of another',
    'on the screen of the status neither'
);
select incident.snooze(1, now());
select is((select b.open from incident.board_by_host as b), 1::bigint, 'until it ends');

select * from finish();
