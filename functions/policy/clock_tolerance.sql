create or replace function incident_engine.clock_tolerance()
returns interval
language sql
immutable
parallel safe
return interval '5 minutes';

comment on function incident_engine.clock_tolerance() is
'How far ahead of the database a clock may be and still be taken for right: a row dated further ahead waits until its time comes, and '
'its host''s clock is called wrong.';

revoke all on function incident_engine.clock_tolerance() from public;
grant execute on function incident_engine.clock_tolerance() to incident_viewer;
