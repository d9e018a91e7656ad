select plan(5);

select test.send_one_by_one('stuck stuck');
update system_incident
set
    status = 'in_progress',
    acknowledged_at = test.at('10:05'),
    acknowledged_by = 'ada',
    update_note = 'by hand';
update system_incident
set assignee = 'grace';
update system_incident
set
    status = 'resolved',
    resolved_at = test.at('10:10');
select results_eq(
    'select event, from_value, to_value, note, operator = session_user from incident.timeline order by entry_id',
    $$
    values
    ('detected', null, 'high', null, false),
    ('acknowledged', 'open', 'in_progress', 'by hand', true),
    ('assigned', null, 'grace', null, true),
    ('resolved', 'in_progress', 'resolved', null, true)
    $$,
    'each with who was logged in, and the note that came with it'
);
select results_eq(
    'select detection_to_ack_minutes, ack_to_resolution_minutes, total_duration_minutes from system_incident',
    'values (5, 5, 10)',
    'durations are counted'
);

select test.send('stuck', '10:11');
select is(
    test.incidents(), array['ffmpeg high resolved 10:00-10:10', 'ffmpeg high open 10:11-'],
    'the engine knows of the cut: the next failing sample opens another'
);

update system_incident
set
    status = 'resolved',
    resolved_at = test.at('10:12')
where status = 'open';
update system_incident
set
    status = 'open',
    resolved_at = null
where detected_at = test.at('10:11');
select test.send('stopped', '10:13');
select is((test.incidents())[2], 'ffmpeg critical open 10:11-', 'and of the reopening, which takes the cut back');

select test.is_sound();
select * from finish();
