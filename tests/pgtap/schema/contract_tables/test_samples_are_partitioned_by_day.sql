select plan(4);

select is(
    pg_get_partkeydef('public.system_device_metrics'::regclass), 'RANGE ("timestamp")', 'by range of timestamp'
);
select is(
    (
        select pg_get_expr(relpartbound, oid)
        from pg_class
        where oid = 'public.system_device_metrics_default'::regclass
    ),
    'DEFAULT',
    'with a default partition, so that no row is refused for its date'
);
select is(
    (
        select count(*)
        from generate_series(-1, 7) as day
        where to_regclass(
                'public.system_device_metrics_'
                || to_char(now() at time zone 'UTC' + day * interval '1 day', 'YYYYMMDD')
            ) is not null
    ),
    9::bigint,
    'deploying makes those of yesterday, today and the seven days to come'
);
select is_empty(
    $$
    select p.relname
    from pg_inherits as i
    join pg_class as p on p.oid = i.inhrelid
    where
        i.inhparent = 'public.system_device_metrics'::regclass
        and p.relname <> 'system_device_metrics_default'
        and not (
            upper(pg_get_expr(p.relpartbound, p.oid)) like '%' || format(
                'FROM (%L) TO (%L)',
                to_date(right(p.relname, 8), 'YYYYMMDD')::timestamp at time zone 'UTC',
                (to_date(right(p.relname, 8), 'YYYYMMDD') + 1)::timestamp at time zone 'UTC'
            )
        )
    $$,
    'each holds the day in its name, from midnight to midnight UTC'
);

select * from finish();
