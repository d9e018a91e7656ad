select plan(4);

select test.send('stuck');
select incident.assign(1, 'grace', 'her box', 'ada', test.at('10:01'));
select results_eq(
    'select assignee, status, acknowledged_at from system_incident where incident_id = 1',
    $$ values ('grace', 'open', null::timestamptz) $$,
    'the status stays what it is'
);
select incident.acknowledge(1, operator => 'grace', acted_at => test.at('10:02'));
select incident.assign(1, 'linus', operator => 'grace', acted_at => test.at('10:03'));
select results_eq(
    'select assignee, status from system_incident where incident_id = 1',
    $$ values ('linus', 'in_progress') $$,
    'handed on while in progress'
);
select is(
    test.timeline(1),
    array[
        '10:00 detected high by engine', '10:01 assigned grace by ada: her box',
        '10:02 acknowledged open -> in_progress by grace', '10:03 assigned grace -> linus by grace'
    ],
    'each time in the timeline, from whom to whom'
);

select test.is_sound();
select * from finish();
