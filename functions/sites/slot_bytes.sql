create or replace function incident_engine.slot_bytes()
returns bigint
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select max(pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn))::bigint
    from pg_replication_slots as s
    where s.database = current_database() and s.plugin = 'pgoutput' and s.slot_name like 'pg\_incident\_%';
end;

comment on function incident_engine.slot_bytes() is
'Bytes of the write-ahead log that this server keeps for the central database that is furthest behind. Null: nobody subscribes.';

revoke all on function incident_engine.slot_bytes() from public;
