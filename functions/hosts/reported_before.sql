create or replace function incident_engine.reported_before(
    host_name text, device_name text, capture_folder text, before timestamptz
)
returns timestamptz
language sql
stable
return coalesce(
    (
        select s.started_at
        from incident.system_state as s
        where
            s.host_name = reported_before.host_name
            and s.device_name = reported_before.device_name
            and s.capture_folder = reported_before.capture_folder
            and s.status = 'reporting'
            and s.started_at < reported_before.before
        order by s.started_at desc
        limit 1
    ),
    '-infinity'
);

comment on function incident_engine.reported_before(text, text, text, timestamptz) is
'The last moment before another at which a host or a device began to report again; -infinity when there is none on record.';

revoke all on function incident_engine.reported_before(text, text, text, timestamptz) from public;
