create or replace function incident.version()
returns text
language sql
immutable
parallel safe
return '0.1.0';

comment on function incident.version() is 'Release of pg_incident that this database was last deployed with.';

revoke all on function incident.version() from public;
grant execute on function incident.version() to incident_agent, incident_viewer;
