create or replace function incident_engine.host_lock(host_name text)
returns integer
language sql
immutable
parallel safe
return pg_catalog.hashtext(host_name) & 1023;

comment on function incident_engine.host_lock(text) is
'Advisory lock number of a host (second key; the first is 7101): inserts hold it shared until they commit, folds hold it '
'exclusively, so a fold sees every sample of the host and no insert misses a fold. 1024 numbers, so that a batch of any '
'number of hosts fits into the lock table.';

revoke all on function incident_engine.host_lock(text) from public;
