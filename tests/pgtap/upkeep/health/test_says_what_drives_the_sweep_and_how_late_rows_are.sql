select plan(6);

select results_eq(
    'select driven_by, late_seconds, keep_samples, samples_from, partitions_to_drop from incident.health',
    $$ values ('nothing', null::numeric, null::interval, null::timestamptz, 0) $$, 'a fresh database'
);
insert into system_metrics (host_name, timestamp) values ('host-1', now() - interval '20 seconds');
select results_eq(
    'select driven_by, late_seconds, is_running from incident.health', $$ values ('host metrics', 20.0, true) $$,
    'rows of a host arrive and run it'
);
insert into system_metrics (host_name, timestamp) values ('host-2', now() - interval '2 hours');
select is((select h.late_seconds from incident.health as h), 7200.0, 'one from a spool');
insert into system_metrics (host_name, timestamp) values ('host-2', now() + interval '10 seconds');
select is((select h.late_seconds from incident.health as h), 7200.0, 'a clock that is ahead hides it not');

select incident.set_retention('30 days');
select is((select h.keep_samples from incident.health as h), interval '30 days', 'retention');
select incident.sweep();
select is(
    (select h.samples_from from incident.health as h),
    date_trunc('day', now() - interval '30 days', 'UTC'),
    'and its line'
);

select * from finish();
