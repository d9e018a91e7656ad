-- Not to be inlined (the pinned search_path sees to that): its few rows are the small side of a join with many states.
create or replace function incident_engine.maintenance_piece(window_start timestamptz, window_end timestamptz)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    from_time timestamptz,
    to_time timestamptz,
    in_maintenance boolean
)
language sql
stable
parallel safe
rows 20
set search_path = pg_catalog, pg_temp
begin atomic
    with planned as (
        select
            d.host_name,
            d.device_name,
            d.capture_folder,
            range_agg(m.effective_period) as maintained
        from incident.maintenance as m
        join incident.device as d
            on
            m.host_name = d.host_name
            and (m.device_name is null or (m.device_name, m.capture_folder) = (d.device_name, d.capture_folder))
        where m.effective_period && tstzrange(window_start, window_end)
        group by d.host_name, d.device_name, d.capture_folder
    )

    select
        p.host_name,
        p.device_name,
        p.capture_folder,
        lower(during) as from_time,
        upper(during) as to_time,
        true as in_maintenance
    from planned as p
    cross join lateral unnest(p.maintained) as during
    union all
    select
        p.host_name,
        p.device_name,
        p.capture_folder,
        coalesce(lower(outside), '-infinity') as from_time,
        coalesce(upper(outside), 'infinity') as to_time,
        false as in_maintenance
    from planned as p
    cross join lateral unnest(tstzmultirange(tstzrange(null, null)) - p.maintained) as outside;
end;

comment on function incident_engine.maintenance_piece(timestamptz, timestamptz) is
'All of time cut into maintenance and the rest, for each device that has maintenance in the window; overlapping maintenance '
'counts once. Devices without any are not listed.';

revoke all on function incident_engine.maintenance_piece(timestamptz, timestamptz) from public;
grant execute on function incident_engine.maintenance_piece(timestamptz, timestamptz) to incident_viewer;
