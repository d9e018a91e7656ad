-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.scoped_life(
    window_start timestamptz, window_end timestamptz, as_of timestamptz, by text
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    device_id text,
    from_time timestamptz,
    to_time timestamptz,
    earlier_until timestamptz
)
language sql
stable
rows 1000
begin atomic
    select
        case when by <> 'fleet' then l.host_name end as host_name,
        case when by in ('device', 'component') then l.device_name end as device_name,
        case when by in ('device', 'component') then l.capture_folder end as capture_folder,
        c.component,
        case when by in ('device', 'component') then l.device_id end as device_id,
        l.from_time,
        l.to_time,
        l.earlier_until
    from incident_engine.life_piece(window_start, window_end, as_of) as l
    cross join
        lateral (
            values (null, by <> 'component'), ('ffmpeg', by = 'component'), ('monitor', by = 'component')
        ) as c (component, is_asked)
    where c.is_asked;
end;

comment on function incident_engine.scoped_life(timestamptz, timestamptz, timestamptz, text) is
'life_piece with the names that a report by device, component, host or fleet has; by component, once for each.';

revoke all on function incident_engine.scoped_life(timestamptz, timestamptz, timestamptz, text) from public;
grant execute on function incident_engine.scoped_life(timestamptz, timestamptz, timestamptz, text) to incident_viewer;
