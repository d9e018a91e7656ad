-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.scoped_piece(
    window_start timestamptz, window_end timestamptz, as_of timestamptz, by text
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    condition text,
    weight integer,
    started_at timestamptz,
    ended_at timestamptz
)
language sql
stable
rows 10000
begin atomic
    select
        case when by <> 'fleet' then p.host_name end as host_name,
        case when by = 'device' then p.device_name end as device_name,
        case when by = 'device' then p.capture_folder end as capture_folder,
        null::text as component,
        incident_engine.condition(p.ffmpeg_status, p.monitor_status) as condition,
        p.weight,
        p.started_at,
        p.ended_at
    from incident_engine.counted_piece(window_start, window_end, as_of) as p
    where by <> 'component'
    union all
    select
        p.host_name,
        p.device_name,
        p.capture_folder,
        c.component,
        incident_engine.condition(c.status, c.status) as condition,
        p.weight,
        p.started_at,
        p.ended_at
    from incident_engine.counted_piece(window_start, window_end, as_of) as p
    cross join lateral (values ('ffmpeg', p.ffmpeg_status), ('monitor', p.monitor_status)) as c (component, status)
    where by = 'component';
end;

comment on function incident_engine.scoped_piece(timestamptz, timestamptz, timestamptz, text) is
'counted_piece with the names that a report by device, component, host or fleet has, and the condition that each piece is in.';

revoke all on function incident_engine.scoped_piece(timestamptz, timestamptz, timestamptz, text) from public;
grant execute on function incident_engine.scoped_piece(timestamptz, timestamptz, timestamptz, text) to incident_viewer;
