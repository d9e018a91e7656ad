create or replace function incident_engine.severity_rank(severity text)
returns integer
language sql
immutable
parallel safe
return case severity when 'critical' then 1 when 'high' then 2 when 'medium' then 3 when 'low' then 4 end;

comment on function incident_engine.severity_rank(text) is
'1 for critical to 4 for low: order by it for the worst first.';

revoke all on function incident_engine.severity_rank(text) from public;
grant execute on function incident_engine.severity_rank(text) to incident_viewer;
