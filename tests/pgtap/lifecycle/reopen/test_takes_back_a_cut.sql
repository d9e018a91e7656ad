select plan(6);

select test.send_one_by_one('stuck stuck');
select incident.acknowledge(1, operator => 'ada', acted_at => test.at('10:00:30'));
select incident.resolve(1, 'done', operator => 'ada', acted_at => test.at('10:01:10'));
select incident.reopen(1, 'not done', 'grace', test.at('10:01:20'));
select results_eq(
    $$
    select status, resolved_at, resolved_by, reopen_count, acknowledged_by, total_duration_minutes
    from system_incident where incident_id = 1
    $$,
    $$ values ('open', null::timestamptz, null, 1, 'ada', null::integer) $$,
    'it fails all the time, so it never was over'
);
select is((test.timeline(1))[4:], array['10:01:20 reopened resolved -> open by grace: not done'], 'timeline');

select test.send_one_by_one('stuck stopped', '10:02');
select is(test.incidents(), array['ffmpeg critical open 10:00-'], 'it goes on, and gets worse');
select test.send('active', '10:04');
select is(test.incidents(), array['ffmpeg critical resolved 10:00-10:04'], 'and recovers');

select test.send('stuck', '10:05');
select is(
    test.incidents(),
    array['ffmpeg critical resolved 10:00-10:04', 'ffmpeg high open 10:05-'],
    'what follows is another'
);

select test.is_sound();
select * from finish();
