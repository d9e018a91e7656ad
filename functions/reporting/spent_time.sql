-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.spent_time(
    window_start timestamptz, window_end timestamptz, as_of timestamptz, by text
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    up numeric,
    down numeric,
    no_data numeric,
    maintenance numeric,
    outage numeric,
    lived numeric,
    devices bigint,
    device_id text
)
language sql
stable
rows 1000
begin atomic
    with life as (
        select
            l.host_name,
            l.device_name,
            l.capture_folder,
            l.component,
            max(l.device_id) as device_id,
            extract(epoch from sum(l.to_time - l.from_time)) as lived,
            count(*) filter (where l.earlier_until is null) as devices
        from incident_engine.scoped_life(window_start, window_end, as_of, by) as l
        group by l.host_name, l.device_name, l.capture_folder, l.component
    ),

    -- Once over the pieces.
    spent as (
        select
            p.host_name,
            p.device_name,
            p.capture_folder,
            p.component,
            sum(p.duration) filter (where p.condition = 'up') as up,
            sum(p.duration) filter (where p.condition = 'down') as down,
            sum(p.duration) filter (where p.condition = 'no_data') as no_data,
            sum(p.duration) filter (where p.condition = 'maintenance') as maintenance,
            sum(p.duration) filter (where p.condition = 'outage') as outage
        from (
            select
                s.host_name,
                s.device_name,
                s.capture_folder,
                s.component,
                s.condition,
                case when s.weight > 0 then s.ended_at - s.started_at else s.started_at - s.ended_at end as duration
            from incident_engine.scoped_piece(window_start, window_end, as_of, by) as s
        ) as p
        group by p.host_name, p.device_name, p.capture_folder, p.component
    ),

    -- Put together by hash, which nulls would not allow in a join.
    told as (
        select
            s.host_name,
            s.device_name,
            s.capture_folder,
            s.component,
            s.up,
            s.down,
            s.no_data,
            s.maintenance,
            s.outage,
            null::numeric as lived,
            null::bigint as devices,
            null as device_id
        from spent as s
        union all
        select
            l.host_name,
            l.device_name,
            l.capture_folder,
            l.component,
            null, null, null, null, null,
            l.lived,
            l.devices,
            l.device_id
        from life as l
    )

    select
        t.host_name,
        t.device_name,
        t.capture_folder,
        t.component,
        coalesce(extract(epoch from max(t.up)), 0) as up,
        coalesce(extract(epoch from max(t.down)), 0) as down,
        coalesce(extract(epoch from max(t.no_data)), 0) as no_data,
        coalesce(extract(epoch from max(t.maintenance)), 0) as maintenance,
        coalesce(extract(epoch from max(t.outage)), 0) as outage,
        max(t.lived) as lived,
        max(t.devices) as devices,
        max(t.device_id) as device_id
    from told as t
    group by t.host_name, t.device_name, t.capture_folder, t.component
    having max(t.lived) > 0;
end;

comment on function incident_engine.spent_time(timestamptz, timestamptz, timestamptz, text) is
'Seconds that devices, components, hosts or the fleet (by) spent in each condition, within the window and up to as_of. outage: silent '
'while the database itself was down. lived: all of it; what is in none of the others was unknown. devices: how many were in service.';

revoke all on function incident_engine.spent_time(timestamptz, timestamptz, timestamptz, text) from public;
grant execute on function incident_engine.spent_time(timestamptz, timestamptz, timestamptz, text) to incident_viewer;
