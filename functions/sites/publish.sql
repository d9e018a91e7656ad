create or replace function incident_engine.publish(name text)
returns setof text
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    own constant integer := incident_engine.own_site();
    tables constant text := (
        select string_agg(format('%I.%I', p.schema_name, p.table_name), ', ' order by p.position)
        from incident_engine.published_tables as p
    );
    published record;
begin
    perform incident_engine.require_text(name, 'name');
    if current_setting('wal_level') <> 'logical' then
        raise exception using
            errcode = 'object_not_in_prerequisite_state',
            message = format('wal_level is %s, but a site that publishes needs logical', current_setting('wal_level')),
            hint = 'alter system set wal_level = logical; and restart the server.';
    end if;
    if incident_engine.follows_sites() then
        raise exception using
            errcode = 'object_not_in_prerequisite_state',
            message = 'this is a central database: it follows sites and is none',
            hint = 'Publish where the hosts report to.';
    end if;

    insert into incident.site as s (site, name, version, swept_to)
    select own, publish.name, incident.version(), w.swept_to from incident_engine.sweep_state as w
    on conflict on constraint site_pkey do update set name = excluded.name;
    if not exists (select from pg_publication as p where p.pubname = 'pg_incident_site') then
        create publication pg_incident_site;
    end if;
    for published in
        select p.schema_name, p.table_name from incident_engine.published_tables as p
        where not exists (
            select from pg_publication_tables as t
            where
                t.pubname = 'pg_incident_site' and t.schemaname = p.schema_name::name and t.tablename = p.table_name::name
        )
        order by p.position
    loop
        execute format('alter publication pg_incident_site add table %I.%I', published.schema_name, published.table_name);
    end loop;

    if current_setting('max_slot_wal_keep_size') = '-1' then
        raise warning 'while a central database is away its slot keeps the write-ahead log, until this disk is full'
            using hint = 'alter system set max_slot_wal_keep_size = ''10GB''; select pg_reload_conf(); '
            'a slot that was cut off is replaced by make subscribe RESYNC=yes, which loses nothing.';
    end if;
    return query
    select format('-- Site %s, %s. A login for the central database, which may read what is published and nothing else:', own, publish.name)
    union all
    select 'create role central login replication password ''...'';'
    union all
    select 'grant usage on schema public, incident to central;'
    union all
    select format('grant select on %s to central;', tables)
    union all
    select format(
        '-- At the central database: make subscribe SITE=%s FROM=''postgresql://central@.../%s''', publish.name,
        current_database()
    );
end
$$;

comment on function incident_engine.publish(text) is
'Makes this database a site that a central one can follow, under a name; idempotent. Returns the statements that make the login for it. '
'Errors: 22004, 55000 where wal_level is not logical.';

revoke all on function incident_engine.publish(text) from public;
