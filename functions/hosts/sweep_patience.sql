create or replace function incident_engine.sweep_patience()
returns interval
language sql
immutable
parallel safe
return interval '3 minutes';

comment on function incident_engine.sweep_patience() is
'How long ago the last sweep may be until it is said that nobody looks, and until the arrival of rows does what a scheduler should.';

revoke all on function incident_engine.sweep_patience() from public;
grant execute on function incident_engine.sweep_patience() to incident_viewer;
