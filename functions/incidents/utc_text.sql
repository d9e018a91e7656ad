create or replace function incident_engine.utc_text(moment timestamptz)
returns text
language sql
stable
return pg_catalog.to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

comment on function incident_engine.utc_text(timestamptz) is
'A moment as text in UTC, the same whatever the session''s time zone and DateStyle.';

revoke all on function incident_engine.utc_text(timestamptz) from public;
grant execute on function incident_engine.utc_text(timestamptz) to incident_viewer;
