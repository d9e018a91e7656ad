select plan(5);
alter table system_metrics disable trigger sweep_when_due;
update incident.policy set cpu_samples = 1;

insert into system_metrics (host_name, timestamp, cpu_percent)
values ('host-1', now() - interval '1 minute', 10), ('host-1', now() + interval '1 hour', 99);
select is((select count(*) from incident_engine.future_sample), 1::bigint, 'kept');
select is((select count(*) from system_incident), 0::bigint, 'and not looked at');
select is(
    (select s.future_samples_folded from incident.sweep(now() + interval '1 hour') as s), 1, 'its time has come'
);
select is(
    (
        select array_agg(i.reason) from system_incident as i
        where i.severity = 'medium'
    ),
    array['cpu 99 % (limit 95)'],
    'it counts'
);

select is_empty('select from incident_engine.error', 'nothing went wrong');
select * from finish();
