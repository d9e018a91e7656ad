select plan(2);

insert into system_device_metrics (host_name, device_id, device_name, capture_folder, timestamp)
select 'host-1', 'd', 'd', 'f', t from generate_series(now() - interval '22 days', now(), interval '10 minutes') as t;
select keep_samples from incident.set_retention('2 days');
select ran from incident.sweep();
select ran from incident.sweep();
select is(
    (
        select count(*) from system_device_metrics
        where timestamp < (select samples_from from incident.health)
    ),
    0::bigint,
    'a backlog that came for days without a partition goes with its time'
);
select is(
    (select count(*) >= 2 * 144 from system_device_metrics), true, 'what is to be kept is'
);

select * from finish();
