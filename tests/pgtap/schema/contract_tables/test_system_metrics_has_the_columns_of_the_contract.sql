select plan(1);

select results_eq(
    $$
    select
        a.attname::text collate "default", format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then 'not null' else 'null' end, pg_get_expr(d.adbin, d.adrelid) collate "default"
    from pg_attribute as a
    left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = 'public.system_metrics'::regclass and a.attnum > 0 and not a.attisdropped
    order by a.attnum
    $$,
    $$
    values
        ('id', 'uuid', 'not null', 'gen_random_uuid()'),
        ('host_name', 'text', 'not null', null),
        ('server_name', 'text', 'null', null),
        ('timestamp', 'timestamp with time zone', 'not null', null),
        ('cpu_percent', 'numeric', 'null', '0'),
        ('memory_percent', 'numeric', 'null', '0'),
        ('memory_used_gb', 'numeric', 'null', '0'),
        ('memory_total_gb', 'numeric', 'null', '0'),
        ('disk_percent', 'numeric', 'null', '0'),
        ('disk_used_gb', 'numeric', 'null', '0'),
        ('disk_total_gb', 'numeric', 'null', '0'),
        ('uptime_seconds', 'bigint', 'null', '0'),
        ('platform', 'text', 'null', null),
        ('architecture', 'text', 'null', null),
        ('ffmpeg_status', 'jsonb', 'null', null),
        ('monitor_status', 'jsonb', 'null', null),
        ('ffmpeg_service_uptime_seconds', 'bigint', 'null', null),
        ('monitor_service_uptime_seconds', 'bigint', 'null', null),
        ('created_at', 'timestamp with time zone', 'not null', 'now()'),
        ('cpu_temperature_celsius', 'numeric', 'null', null),
        ('load_average_1m', 'numeric(5,2)', 'null', null),
        ('load_average_5m', 'numeric(5,2)', 'null', null),
        ('load_average_15m', 'numeric(5,2)', 'null', null),
        ('download_mbps', 'numeric', 'null', null),
        ('upload_mbps', 'numeric', 'null', null),
        ('speedtest_last_run', 'timestamp with time zone', 'null', null),
        ('speedtest_age_seconds', 'integer', 'null', null),
        ('disk_write_mb_per_sec', 'numeric(10,2)', 'null', null),
        ('agent', 'jsonb', 'null', null)
    $$,
    'columns, types, nullability and defaults are the contract'
);

select * from finish();
