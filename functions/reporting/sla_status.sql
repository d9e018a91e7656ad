create or replace function incident_engine.sla_status(availability_percent numeric, target_percent numeric default null)
returns text
language sql
immutable
parallel safe
return case
    when availability_percent < 95.0 then 'Poor'
    when availability_percent < 99.0 or availability_percent < target_percent then 'Fair'
    when availability_percent < 99.9 then 'Good'
    when availability_percent is not null then 'Excellent'
end;

comment on function incident_engine.sla_status(numeric, numeric) is
'Excellent from 99.9 percent, Good from 99.0, Fair from 95.0, else Poor; never better than Fair when target_percent is missed. Null '
'for null.';

revoke all on function incident_engine.sla_status(numeric, numeric) from public;
grant execute on function incident_engine.sla_status(numeric, numeric) to incident_viewer;
