select plan(3);

select test.send('active stopped');
select incident.assign(1, 'ben', operator => 'ana');
select is((select u.who from incident.unassign(1, 'he is ill', operator => 'ana') as u), 'nobody', 'nobody has it');
select results_eq(
    $$ select from_value, to_value, note from incident.timeline where event = 'assigned' order by entry_id $$,
    $$ values (null, 'ben', null), ('ben', null, 'he is ill') $$,
    'the timeline tells from whom'
);
select throws_ok(
    'select incident.unassign(1)', 'IN001', 'incident 1 cannot be taken from anybody: it is assigned to nobody', 'once'
);

select * from finish();
