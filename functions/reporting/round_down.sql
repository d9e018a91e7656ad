create or replace function incident_engine.round_down(value numeric, decimals integer)
returns numeric
language sql
immutable
parallel safe
return round(floor(value * power(10::numeric, decimals)) / power(10::numeric, decimals), decimals);

comment on function incident_engine.round_down(numeric, integer) is
'How every number of the reports is rounded: down, to the decimals that are shown; negative ones away from zero. Null for null.';

revoke all on function incident_engine.round_down(numeric, integer) from public;
grant execute on function incident_engine.round_down(numeric, integer) to incident_viewer;
