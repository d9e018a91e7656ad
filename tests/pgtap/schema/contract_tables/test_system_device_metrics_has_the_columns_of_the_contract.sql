select plan(1);

select results_eq(
    $$
    select
        a.attname::text collate "default", format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then 'not null' else 'null' end, pg_get_expr(d.adbin, d.adrelid) collate "default"
    from pg_attribute as a
    left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = 'public.system_device_metrics'::regclass and a.attnum > 0 and not a.attisdropped
    order by a.attnum
    $$,
    $$
    values
        ('id', 'uuid', 'not null', 'gen_random_uuid()'),
        ('host_name', 'text', 'not null', null),
        ('device_id', 'text', 'not null', null),
        ('device_name', 'text', 'not null', null),
        ('device_port', 'text', 'null', null),
        ('device_model', 'text', 'null', null),
        ('capture_folder', 'text', 'not null', null),
        ('video_device', 'text', 'null', null),
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
        ('ffmpeg_status', 'text', 'not null', '''unknown''::text'),
        ('ffmpeg_uptime_seconds', 'bigint', 'null', '0'),
        ('ffmpeg_last_activity', 'timestamp with time zone', 'null', null),
        ('monitor_status', 'text', 'not null', '''unknown''::text'),
        ('monitor_uptime_seconds', 'bigint', 'null', '0'),
        ('monitor_last_activity', 'timestamp with time zone', 'null', null),
        ('timestamp', 'timestamp with time zone', 'not null', null),
        ('created_at', 'timestamp with time zone', 'not null', 'now()'),
        ('cpu_temperature_celsius', 'numeric', 'null', null),
        ('load_average_1m', 'numeric(5,2)', 'null', null),
        ('load_average_5m', 'numeric(5,2)', 'null', null),
        ('load_average_15m', 'numeric(5,2)', 'null', null),
        ('disk_usage_capture', 'text', 'null', null)
    $$,
    'columns, types, nullability and defaults are the contract'
);

select * from finish();
