select plan(9);

select is(
    (select h.problem from incident.health as h), 'the sweep has never run', 'a fresh database has not been swept'
);
select is((select h.healthy from incident.health as h), false, 'and is not healthy');

select lives_ok('select incident.sweep()', 'a sweep');
select is((select h.problem from incident.health as h), null, 'after which nothing is wrong');
select is((select h.healthy from incident.health as h), true, 'and the engine is healthy');
select ok((select h.partitions_ahead from incident.health as h) >= 7, 'partitions are there, a week ahead');

update incident_engine.sweep_state set swept_to = now() - interval '12 minutes 30 seconds';
select is(
    (select h.problem from incident.health as h), 'the last sweep was 12 min ago', 'a sweep that stopped is named'
);

insert into incident_engine.error (host_name, sqlstate, message, touched) values ('host-1', 'XX000', 'broken', '[]');
select is(
    (select h.problem from incident.health as h),
    'the last sweep was 12 min ago; 1 errors of the engine wait for repair',
    'so is an error that waits'
);
update incident_engine.error set repaired_at = now();
select is((select h.errors_waiting from incident.health as h), 0::bigint, 'until it is repaired');

select * from finish();
