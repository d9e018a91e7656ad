select plan(4);

select is((select partitions_made from incident.sweep(now())), 0, 'deploying has made those of the week');
select is(
    (select partitions_made from incident.sweep(now() + interval '3 days')), 3, 'three days later three more are due'
);
select is((select partitions_made from incident.sweep(now() + interval '3 days')), 0, 'once');
select is(
    (
        select count(*)
        from generate_series(-1, 10) as day
        where to_regclass(
                'public.system_device_metrics_'
                || to_char(now() at time zone 'UTC' + day * interval '1 day', 'YYYYMMDD')
            ) is not null
    ),
    12::bigint,
    'without a gap'
);

select * from finish();
