create or replace view incident_engine.host_tables as
select
    n.nspname as schema_name,
    c.relname as table_name,
    -- What others refer to comes first: the host, its devices and series, its incidents.
    case c.relname
        when 'host' then 1 when 'device' then 2 when 'recurring_maintenance' then 2 when 'system_incident' then 3 else 4
    end as position,
    (
        select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
        from pg_attribute as a
        where
            a.attrelid = c.oid
            and a.attnum > 0
            and not a.attisdropped
            and a.attgenerated = ''
            -- The number and the site of a policy, and the site of a host, are given anew.
            and a.attname <> 'site'
            and a.attname <> 'policy_id'
    ) as columns
from pg_class as c
join pg_namespace as n on c.relnamespace = n.oid
where
    c.relkind in ('r', 'p')
    and not c.relispartition
    and (
        n.nspname in ('incident', 'incident_engine')
        or (n.nspname = 'public' and c.relname in ('system_incident', 'system_metrics', 'system_device_metrics'))
    )
    and exists (
        select from pg_attribute as a
        where a.attrelid = c.oid and a.attname = 'host_name' and not a.attisdropped
    )
    and (n.nspname, c.relname) not in (
        ('incident_engine', 'error'), ('incident', 'policy_change'),
        ('incident', 'agent_host'), ('incident_engine', 'agent_host'), ('incident', 'sealed_report_line')
    );

comment on view incident_engine.host_tables is
'The tables that hold what a database knows of a host, with the columns that go along when it moves to another site.';

revoke all on incident_engine.host_tables from public;
