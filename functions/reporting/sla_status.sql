create or replace function incident.sla_status(availability_percent numeric)
returns text
language sql
immutable
parallel safe
return case
    when availability_percent >= 99.9 then 'Excellent'
    when availability_percent >= 99.0 then 'Good'
    when availability_percent >= 95.0 then 'Fair'
    when availability_percent is not null then 'Poor'
end;

comment on function incident.sla_status(numeric) is
'Excellent from 99.9 percent, Good from 99.0, Fair from 95.0, else Poor; null for null.';

revoke all on function incident.sla_status(numeric) from public;
grant execute on function incident.sla_status(numeric) to incident_viewer;
