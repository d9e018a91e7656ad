create or replace function incident_engine.server_identity()
returns text
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    cluster bigint;
begin
    if has_function_privilege('pg_control_system()', 'execute') then
        cluster := (select c.system_identifier from pg_control_system() as c);
    end if;
    return format(
        'database %s of system %s, timeline %s',
        (select d.oid from pg_database as d where d.datname = current_database()),
        coalesce(cluster::text, '-'),
        left(pg_walfile_name(pg_current_wal_lsn()), 8)
    );
end
$$;

comment on function incident_engine.server_identity() is
'Where the database lives: another text after it was restored, copied to another database, or after a standby of it was promoted.';

revoke all on function incident_engine.server_identity() from public;
