-- Not to be inlined (the pinned search_path sees to that): its few rows are the small side of every join.
create or replace function incident_engine.maintenance_span(window_start timestamptz, window_end timestamptz)
returns table (host_name text, device_name text, capture_folder text, spans tstzmultirange)
language sql
stable
parallel safe
rows 20
set search_path = pg_catalog, pg_temp
begin atomic
    with subject as (
        select
            d.host_name,
            d.device_name,
            d.capture_folder
        from incident.device as d
        union all
        -- the host itself, as its own incidents name it
        select
            h.host_name,
            h.host_name as device_name,
            'host' as capture_folder
        from incident.host as h
    )

    select
        s.host_name,
        s.device_name,
        s.capture_folder,
        range_agg(m.effective_period) as spans
    from incident.maintenance as m
    join subject as s on incident_engine.maintenance_covers(m, s.host_name, s.device_name, s.capture_folder)
    where m.effective_period && tstzrange(window_start, window_end)
    group by s.host_name, s.device_name, s.capture_folder;
end;

comment on function incident_engine.maintenance_span(timestamptz, timestamptz) is
'The maintenance of each device, and of each host itself, that reaches into a window; what overlaps counts once. Who has none is '
'not listed.';

revoke all on function incident_engine.maintenance_span(timestamptz, timestamptz) from public;
grant execute on function incident_engine.maintenance_span(timestamptz, timestamptz) to incident_viewer;
