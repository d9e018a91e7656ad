-- psql puts two blanks around each of seven columns and a line between them: 20.
select plan(2);

update incident_engine.sweep_state set swept_to = now();
select
    test.send(
        'active stopped', device_name => repeat('very long name ', 9) || n, host_name => repeat('host', 20) || n
    )
from generate_series(1, 3) as n;
select test.send('active stuck', device_name => e'two\nlines', host_name => 'h');
select incident.assign(array(select i.incident_id from public.system_incident as i), 'somebody of the night shift');
select results_eq(
    'select distinct b.place, b.who from incident.board as b order by 1',
    $$ values ('h, two?lines', 'somebo..'), ('hosthos.., very long..', 'somebo..') $$,
    'both names are shortened'
);
select ok(
    (
        select
            5 + max(length(b.severity)) + max(length(b.state)) + max(length(b.place)) + max(length(b.since))
            + max(length(b.who)) + max(length(b.what)) + 20 <= 100
        from incident.board as b
    ),
    'whatever the names'
);

select * from finish();
