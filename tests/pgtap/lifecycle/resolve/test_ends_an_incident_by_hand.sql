select plan(5);

select test.send_one_by_one('stuck stuck');
select test.send_one_by_one('stopped', device_name => 'Device 2');
select incident.acknowledge(2, operator => 'ada', acted_at => test.at('10:01'));

select incident.resolve(1, 'restarted', 'out of memory', 'ada', test.at('10:05:59'));
select results_eq(
    $$
    select status, resolved_at, resolved_by, resolution_notes, root_cause, total_duration_minutes, ack_to_resolution_minutes
    from system_incident where incident_id = 1
    $$,
    $$ values ('resolved', test.at('10:05:59'), 'ada', 'restarted', 'out of memory', 5, null::integer) $$,
    'from open'
);
select incident.resolve(2, operator => 'grace', acted_at => test.at('10:05:59'));
select results_eq(
    $$
    select status, resolved_at, resolved_by, resolution_notes, root_cause, total_duration_minutes, ack_to_resolution_minutes
    from system_incident where incident_id = 2
    $$,
    $$ values ('resolved', test.at('10:05:59'), 'grace', null, null, 5, 4) $$,
    'from in progress, without a word'
);
select is(
    test.timeline(1) || test.timeline(2),
    array[
        '10:00 detected high by engine', '10:05:59 resolved open -> resolved by ada: restarted',
        '10:00 detected critical by engine', '10:01 acknowledged open -> in_progress by ada',
        '10:05:59 resolved in_progress -> resolved by grace'
    ],
    'timelines'
);
select is((select count(*) from incident.active), 0::bigint, 'nothing is broken any more');

select test.is_sound();
select * from finish();
