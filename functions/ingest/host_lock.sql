create or replace function incident_engine.host_lock(host_name text)
returns bigint
language sql
immutable
parallel safe
return pg_catalog.hashtextextended(host_name, 7101);

comment on function incident_engine.host_lock(text) is
'Advisory lock number of a host: inserts hold it shared until they commit, folds hold it exclusively, so a fold sees every sample of '
'the host and no insert misses a fold. 64 bits: two hosts do not share a number.';

revoke all on function incident_engine.host_lock(text) from public;
