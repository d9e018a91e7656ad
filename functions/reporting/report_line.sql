create or replace function incident_engine.report_line(
    window_start timestamptz, window_end timestamptz, as_of timestamptz
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    up_seconds numeric,
    down_seconds numeric,
    unknown_seconds numeric,
    no_data_seconds numeric,
    maintenance_seconds numeric,
    window_seconds numeric,
    target_percent numeric,
    incidents bigint,
    failures bigint
)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with reported as (
        select i.host_name, i.device_name, i.capture_folder, count(*) as incidents
        from incident_engine.detected_incident(window_start, window_end, as_of) as i
        group by i.host_name, i.device_name, i.capture_folder
    )

    select
        a.host_name,
        a.device_name,
        a.capture_folder,
        a.up_seconds,
        a.down_seconds,
        a.unknown_seconds,
        a.no_data_seconds,
        a.maintenance_seconds,
        a.window_seconds,
        t.target_percent,
        coalesce(r.incidents, 0) as incidents,
        m.failures
    from incident.availability(window_start, window_end, true, 'device', as_of) as a
    join incident.mtbf(window_start, window_end, 'device', as_of) as m using (host_name, device_name, capture_folder)
    cross join lateral incident_engine.sla_target(a.host_name, a.device_name, a.capture_folder, null) as t
    left join reported as r using (host_name, device_name, capture_folder);
end;

comment on function incident_engine.report_line(timestamptz, timestamptz, timestamptz) is
'What a sealed report keeps of each device, by what is known today.';

revoke all on function incident_engine.report_line(timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident_engine.report_line(timestamptz, timestamptz, timestamptz) to incident_viewer;
