create or replace function incident_engine.describe_scope(
    host_name text, device_name text, capture_folder text, component text
)
returns text
language sql
stable
return coalesce(
    nullif(
        pg_catalog.concat_ws(
            ' of ',
            'component ' || component,
            'device ' || device_name || ' (' || capture_folder || ')',
            'host ' || host_name
        ),
        ''
    ),
    'default'
);

comment on function incident_engine.describe_scope(text, text, text, text) is
'Scope of a policy row in words: "default", "host studio-2", "component ffmpeg of device Camera 1 (capture1) of host studio-2".';

revoke all on function incident_engine.describe_scope(text, text, text, text) from public;
