-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.condition_piece(
    window_start timestamptz, window_end timestamptz, as_of timestamptz, by text
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    condition text,
    started_at timestamptz,
    ended_at timestamptz
)
language sql
stable
rows 10000
begin atomic
    select
        p.host_name,
        p.device_name,
        p.capture_folder,
        null::text as component,
        case
            when p.in_maintenance then 'maintenance'
            when p.ffmpeg_status = 'active' and p.monitor_status = 'active' then 'up'
            when p.ffmpeg_status in ('stuck', 'stopped') or p.monitor_status in ('stuck', 'stopped') then 'down'
            when p.ffmpeg_status = 'no_data' then 'no_data'
            else 'unknown'
        end as condition,
        p.started_at,
        p.ended_at
    from incident_engine.state_piece(window_start, window_end, as_of) as p
    where by <> 'component'
    union all
    select
        p.host_name,
        p.device_name,
        p.capture_folder,
        c.component,
        case
            when p.in_maintenance then 'maintenance'
            when c.status = 'active' then 'up'
            when c.status in ('stuck', 'stopped') then 'down'
            when c.status = 'no_data' then 'no_data'
            else 'unknown'
        end as condition,
        p.started_at,
        p.ended_at
    from incident_engine.state_piece(window_start, window_end, as_of) as p
    cross join lateral (values ('ffmpeg', p.ffmpeg_status), ('monitor', p.monitor_status)) as c (component, status)
    where by = 'component';
end;

comment on function incident_engine.condition_piece(timestamptz, timestamptz, timestamptz, text) is
'state_piece, each piece told as what availability counts it as: up, down, unknown, no_data or maintenance. by component: one '
'piece for each component of a device, by that component''s status alone.';

revoke all on function incident_engine.condition_piece(timestamptz, timestamptz, timestamptz, text) from public;
grant execute on function incident_engine.condition_piece(timestamptz, timestamptz, timestamptz, text)
to incident_viewer;
