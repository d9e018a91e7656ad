create or replace function incident_engine.first_plausible()
returns timestamptz
language sql
immutable
return timestamptz '2000-01-01 00:00:00+00';

comment on function incident_engine.first_plausible() is
'Samples older than this come from a clock that was never set. They are stored and not folded.';

revoke all on function incident_engine.first_plausible() from public;
