create or replace function incident_engine.lock_maintenance(host_name text)
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
begin atomic
    select pg_advisory_xact_lock(hashtextextended(lock_maintenance.host_name, 7102));
end;

comment on function incident_engine.lock_maintenance(text) is
'Lets one transaction at a time plan maintenance of a host, so that what two of them plan at once is one.';

revoke all on function incident_engine.lock_maintenance(text) from public;
