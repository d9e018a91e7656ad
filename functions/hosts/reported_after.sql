create or replace function incident_engine.reported_after(
    host_name text, device_name text, capture_folder text, after timestamptz
)
returns timestamptz
language sql
stable
return coalesce(
    (
        select s.ended_at
        from incident.system_state as s
        where
            s.host_name = reported_after.host_name
            and s.device_name = reported_after.device_name
            and s.capture_folder = reported_after.capture_folder
            and s.status = 'reporting'
            and s.started_at >= reported_after.after
        order by s.started_at
        limit 1
    ),
    'infinity'
);

comment on function incident_engine.reported_after(text, text, text, timestamptz) is
'The end of the first time after a moment in which a host or a device reported: what happened before it changes nothing after it. '
'infinity when there is none.';

revoke all on function incident_engine.reported_after(text, text, text, timestamptz) from public;
