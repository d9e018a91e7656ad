create or replace function incident_engine.is_deferral(sqlstate text)
returns boolean
language sql
immutable
parallel safe
return sqlstate in ('55P03', '40P01', '40001', '57014');

comment on function incident_engine.is_deferral(text) is
'Whether it is no error but work left for later: somebody held a host or an incident for too long (55P03, 40P01), or the transaction '
'does not see what others commit (40001), or the round of the sweep had no time left (57014).';

revoke all on function incident_engine.is_deferral(text) from public;
grant execute on function incident_engine.is_deferral(text) to incident_viewer;
