-- The data shards by host_name: it is part of every primary key, unique index and foreign key of the package's tables.
-- Exceptions: tables that hold no host's data, and incident_id and incident_uuid, which are unique by themselves.
select plan(2);

select is_empty(
    $$
    select i.indrelid::regclass, i.indexrelid::regclass
    from pg_index as i
    join pg_class as t on t.oid = i.indrelid
    where
        i.indisunique
        and t.relkind in ('r', 'p')
        and t.oid in (
            select a.attrelid
            from pg_attribute as a
            where a.attname = 'host_name' and a.attnotnull
        )
        and t.relnamespace::regnamespace::text in ('public', 'incident', 'incident_engine')
        and not exists (
            select
            from pg_attribute as a
            where a.attrelid = i.indrelid and a.attnum = any (i.indkey) and a.attname = 'host_name'
        )
        and i.indexrelid::regclass::text not in ('system_incident_pkey', 'system_incident_incident_uuid_key')
    $$,
    'every unique index of a host''s data holds host_name'
);

select is_empty(
    $$
    select c.conrelid::regclass, c.conname
    from pg_constraint as c
    where
        c.contype = 'f'
        and c.conrelid in (
            select a.attrelid
            from pg_attribute as a
            where a.attname = 'host_name' and a.attnotnull
        )
        and c.connamespace::regnamespace::text in ('public', 'incident', 'incident_engine')
        and not exists (
            select
            from pg_attribute as a
            where a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname = 'host_name'
        )
    $$,
    'every foreign key of it too'
);

select * from finish();
