select plan(8);

select test.send('stopped', device_name => 'Device ' || n) from generate_series(1, 5) as n;
select incident.resolve(2, acted_at => test.at('10:01'));
select incident.acknowledge(3, 'first', 'ana', test.at('10:01'));

select results_eq(
    $$
    select b.id, b.state, b.who collate "C"
    from incident.acknowledge(array[5, 4711, 3, null, 2, 1, 5]::bigint[], 'hub dead', 'ben', test.at('10:02')) as b
    $$,
    $$
    values
    (1::bigint, 'in_progress', 'ben'),
    (2, 'resolved', session_user::text collate "C"),
    (3, 'in_progress', 'ana'),
    (5, 'in_progress', 'ben')
    $$,
    'a line for each that there is, as it is now'
);
select is(
    array[(test.timeline(1))[2], (test.timeline(5))[2]],
    array_fill('10:02 acknowledged open -> in_progress by ben: hub dead'::text, array[2]),
    'the note is in the timeline of each'
);
select is((test.timeline(3))[3], '10:02 commented by ben: hub dead', 'as a comment where there was nothing left to do');
select is(cardinality(test.timeline(2)), 2, 'nothing happened to what it cannot be done to');
select test.is_refused(
    'select incident.acknowledge(array[2, 4711])', 'IN001', 'incident 2 cannot be acknowledged: it is resolved',
    'reopen',
    'it is the error of the first when none is left'
);
select is_empty('select incident.acknowledge(array[]::bigint[])', 'nothing named, nothing done');
select is(
    (
        select array_agg(b.state order by b.id)
        from incident.resolve(array(select i.incident_id from system_incident as i), 'all back', 'hub', 'ben') as b
    ),
    array_fill('resolved'::text, array[5]), 'resolved all together'
);

select test.is_sound();
select * from finish();
