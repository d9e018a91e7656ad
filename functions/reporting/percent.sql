create or replace function incident_engine.percent(part numeric, whole numeric)
returns numeric
language sql
immutable
parallel safe
return case when whole > 0 then incident_engine.round_down(100 * part / whole, 4) end;

comment on function incident_engine.percent(numeric, numeric) is
'part of whole in percent, rounded down to 4 decimals (100 means all of it); null when there is nothing to divide.';

revoke all on function incident_engine.percent(numeric, numeric) from public;
grant execute on function incident_engine.percent(numeric, numeric) to incident_viewer;
