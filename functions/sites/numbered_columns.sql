create or replace view incident_engine.numbered_columns as
select
    c.relnamespace::regnamespace::name as schema_name,
    c.relname as table_name,
    a.attname as column_name
from pg_attribute as a
join pg_class as c on a.attrelid = c.oid
where
    a.attidentity <> ''
    and not a.attisdropped
    and c.relkind in ('r', 'p')
    and (
        c.relnamespace in ('incident'::regnamespace, 'incident_engine'::regnamespace)
        or c.oid = 'public.system_incident'::regclass
    );

comment on view incident_engine.numbered_columns is
'The columns that the database numbers by itself: each site has a range of its own for them.';

revoke all on incident_engine.numbered_columns from public;
