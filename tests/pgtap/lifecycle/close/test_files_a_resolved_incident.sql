select plan(5);

select test.send_one_by_one('stuck active');
select incident.close(1, 'glued it', 'loose cable', 'ada', test.at('10:30'));
select results_eq(
    $$
    select status, closed_at, closed_by, root_cause, resolution_notes, resolved_at, resolved_by
    from system_incident where incident_id = 1
    $$,
    $$ values ('closed', test.at('10:30'), 'ada', 'loose cable', 'glued it', test.at('10:01'), 'engine') $$,
    'with its root cause; when and how it was resolved stays'
);
select is(
    (test.timeline(1))[3:], array['10:30 closed resolved -> closed by ada: glued it'], 'and an entry in the timeline'
);

select test.send_one_by_one('stuck', device_name => 'Device 2');
select incident.resolve(2, 'restarted', 'out of memory', 'ada', test.at('10:05'));
select incident.close(2, operator => 'ada', acted_at => test.at('10:06'));
select results_eq(
    'select root_cause, resolution_notes from system_incident where incident_id = 2',
    $$ values ('out of memory', 'restarted') $$,
    'what was said when resolving is kept when closing says nothing'
);

select test.send_one_by_one('stuck', device_name => 'Device 3');
select incident.resolve(3, 'restarted', 'out of memory', 'ada', test.at('10:05'));
select incident.close(3, 'patched', 'leak', 'ada', test.at('10:06'));
select results_eq(
    'select root_cause, resolution_notes from system_incident where incident_id = 3',
    $$ values ('leak', 'patched') $$,
    'and replaced when it does'
);

select test.is_sound();
select * from finish();
