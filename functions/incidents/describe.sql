create or replace function incident_engine.describe(
    component text, severity text, host_name text, device_name text, capture_folder text
)
returns text
language sql
stable
return case
    when component <> 'system'
        then pg_catalog.format(
                '%s %s on %s, %s (%s)',
                component,
                case severity when 'critical' then 'stopped' else 'stuck' end,
                host_name,
                device_name,
                capture_folder
            )
    when severity = 'critical' then pg_catalog.format('host %s silent', host_name)
    when severity = 'high' then pg_catalog.format('no samples from %s, %s (%s)', host_name, device_name, capture_folder)
    when capture_folder <> 'host'
        then pg_catalog.format('unknown for too long: %s, %s (%s)', host_name, device_name, capture_folder)
    else pg_catalog.format('host %s over its limits', host_name)
end;

comment on function incident_engine.describe(text, text, text, text, text) is
'One line on what is wrong, for people: "ffmpeg stopped on host1, device1 (capture1)", "host host1 silent", "no samples from host1, '
'device1 (capture1)", "unknown for too long: host1, device1 (capture1)", "host host1 over its limits".';

revoke all on function incident_engine.describe(text, text, text, text, text) from public;
