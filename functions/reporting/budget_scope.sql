-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.budget_scope(
    window_start timestamptz, window_end timestamptz, as_of timestamptz, by text
)
returns table (
    place bigint,
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    device_id text,
    devices bigint,
    lived numeric,
    in_service bigint,
    to_come numeric,
    unborn_5m numeric,
    unborn_30m numeric,
    unborn_1h numeric,
    unborn_6h numeric,
    unborn_3d numeric
)
language sql
stable
rows 1000
begin atomic
    with life as (
        select
            case when by <> 'fleet' then l.host_name end as host_name,
            case when by in ('device', 'component') then l.device_name end as device_name,
            case when by in ('device', 'component') then l.capture_folder end as capture_folder,
            case when by in ('device', 'component') then l.device_id end as device_id,
            l.to_time - l.from_time as lived,
            l.earlier_until is null as is_first,
            l.goes_on,
            case
                when m.spans is null then greatest(window_end - as_of, interval '0')
                else incident_engine.time_in(tstzmultirange(tstzrange(as_of, greatest(window_end, as_of))) - m.spans)
            end as to_come,
            extract(epoch from least(window_end, as_of) - l.born_at) as age
        from incident_engine.life_piece(window_start, window_end, as_of) as l
        left join incident_engine.maintenance_span(as_of, greatest(window_end, as_of)) as m
            on
            l.host_name = m.host_name
            and l.device_name = m.device_name
            and l.capture_folder = m.capture_folder
        offset 0 -- worked out once, not once more for each use
    ),

    scope as (
        select
            l.host_name,
            l.device_name,
            l.capture_folder,
            max(l.device_id) as device_id,
            count(*) filter (where l.is_first) as devices,
            extract(epoch from sum(l.lived)) as lived,
            count(*) filter (where l.goes_on) as in_service,
            coalesce(extract(epoch from sum(l.to_come) filter (where l.goes_on)), 0) as to_come,
            sum(greatest(300 - l.age, 0)) filter (where l.is_first) as unborn_5m,
            sum(greatest(1800 - l.age, 0)) filter (where l.is_first) as unborn_30m,
            sum(greatest(3600 - l.age, 0)) filter (where l.is_first) as unborn_1h,
            sum(greatest(21600 - l.age, 0)) filter (where l.is_first) as unborn_6h,
            sum(greatest(259200 - l.age, 0)) filter (where l.is_first) as unborn_3d
        from life as l
        group by l.host_name, l.device_name, l.capture_folder
        having sum(l.lived) > interval '0'
    )

    select
        row_number() over () as place,
        s.host_name,
        s.device_name,
        s.capture_folder,
        c.component,
        s.device_id,
        s.devices,
        s.lived,
        s.in_service,
        s.to_come,
        s.unborn_5m,
        s.unborn_30m,
        s.unborn_1h,
        s.unborn_6h,
        s.unborn_3d
    from scope as s
    cross join
        lateral (
            values (null, by <> 'component'), ('ffmpeg', by = 'component'), ('monitor', by = 'component')
        ) as c (component, is_asked)
    where c.is_asked;
end;

comment on function incident_engine.budget_scope(timestamptz, timestamptz, timestamptz, text) is
'What an error budget is of: devices, components, hosts or the fleet that were in service in a window, numbered (place). to_come: seconds '
'of the window after as_of for those who still are, less the maintenance planned in them. unborn: seconds of the last 5 minutes, 30 '
'minutes, hour, 6 hours and 3 days before a first sample.';

revoke all on function incident_engine.budget_scope(timestamptz, timestamptz, timestamptz, text) from public;
grant execute on function incident_engine.budget_scope(timestamptz, timestamptz, timestamptz, text) to incident_viewer;
