create or replace function incident_engine.calendar_unit(unit text)
returns interval
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
return case unit when 'quarter' then interval '3 months' else ('1 ' || unit)::interval end;

comment on function incident_engine.calendar_unit(text) is
'One hour, day, week, month, quarter or year, to be added to a local time.';

revoke all on function incident_engine.calendar_unit(text) from public;
grant execute on function incident_engine.calendar_unit(text) to incident_viewer;
