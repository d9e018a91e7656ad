select plan(1);

select results_eq(
    $$
    select
        a.attname::text collate "default", format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then 'not null' else 'null' end, pg_get_expr(d.adbin, d.adrelid) collate "default"
    from pg_attribute as a
    left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = 'public.system_incident'::regclass and a.attnum > 0 and not a.attisdropped and a.attnum <= 23
    order by a.attnum
    $$,
    $$
    values
        ('incident_id', 'bigint', 'not null', null),
        ('incident_uuid', 'uuid', 'not null', 'gen_random_uuid()'),
        ('host_name', 'text', 'not null', null),
        ('device_id', 'text', 'not null', null),
        ('device_name', 'text', 'not null', null),
        ('capture_folder', 'text', 'not null', null),
        ('video_device', 'text', 'null', null),
        ('incident_type', 'text', 'not null', null),
        ('severity', 'text', 'not null', null),
        ('component', 'text', 'not null', null),
        ('status', 'text', 'not null', '''open''::text'),
        ('detected_at', 'timestamp with time zone', 'not null', null),
        ('acknowledged_at', 'timestamp with time zone', 'null', null),
        ('resolved_at', 'timestamp with time zone', 'null', null),
        ('closed_at', 'timestamp with time zone', 'null', null),
        ('detection_to_ack_minutes', 'integer', 'null', null),
        ('ack_to_resolution_minutes', 'integer', 'null', null),
        ('total_duration_minutes', 'integer', 'null', null),
        ('description', 'text', 'null', null),
        ('root_cause', 'text', 'null', null),
        ('resolution_notes', 'text', 'null', null),
        ('created_at', 'timestamp with time zone', 'not null', 'now()'),
        ('updated_at', 'timestamp with time zone', 'not null', 'now()')
    $$,
    'its first columns are the contract; what the engine adds comes after them'
);

select * from finish();
