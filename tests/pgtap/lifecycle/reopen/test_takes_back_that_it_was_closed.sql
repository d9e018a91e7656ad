select plan(6);

select test.send('stopped active');
select incident.close(1, 'glued it', 'loose cable', 'ana', test.at('10:30'));
select is(
    (select b.state from incident.reopen(1, 'not over', 'ben', test.at('10:35')) as b), 'open', 'closed is not for ever'
);
select results_eq(
    'select status, closed_at, closed_by, root_cause from system_incident',
    $$ values ('open', null::timestamptz, null::text, 'loose cable') $$,
    'what was written stays'
);
select is((test.timeline(1))[4], '10:35 reopened closed -> open by ben: not over', 'and its timeline tells');
select is_empty('select * from incident.rebuild()', 'a rebuild agrees');
select test.send('stopped active', '10:40');
select is(test.incidents(), array['ffmpeg critical resolved 10:00-10:41'], 'it takes its course as one never closed');
select test.is_sound();

select * from finish();
