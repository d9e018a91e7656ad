select plan(4);

select is(incident_engine.sweep_overdue(), null, 'without a host there is nothing to look at');
select test.send('active');
select is(incident_engine.sweep_overdue(), 'nobody has looked for silence yet', 'with one there is');
select incident.sweep();
select is(incident_engine.sweep_overdue(), null, 'the sweep has looked');
update incident_engine.sweep_state set swept_to = now() - interval '12 minutes 30 seconds';
select is(incident_engine.sweep_overdue(), 'nobody has looked for silence for 12 min', 'and does not any more');

select * from finish();
