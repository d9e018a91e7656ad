create or replace function incident_engine.describe(
    component text, severity text, host_name text, device_name text, capture_folder text
)
returns text
language sql
immutable
return pg_catalog.format(
    '%s %s on %s, %s (%s)',
    component,
    case severity when 'critical' then 'stopped' else 'stuck' end,
    host_name,
    device_name,
    capture_folder
);

comment on function incident_engine.describe(text, text, text, text, text) is
'One line on what is wrong, for people: "ffmpeg stopped on host1, device1 (capture1)".';

revoke all on function incident_engine.describe(text, text, text, text, text) from public;
