create or replace function incident_engine.overlay_piece(
    window_start timestamptz, window_end timestamptz, as_of timestamptz
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    from_time timestamptz,
    to_time timestamptz,
    counts_as text
)
language plpgsql
stable
security definer
rows 20
set search_path = pg_catalog, pg_temp
set jit = off
as $$
begin
    return query
    with planned as materialized (
        select p.* from incident_engine.maintenance_piece(window_start, window_end) as p
    )

    select p.host_name, p.device_name, p.capture_folder, p.from_time, p.to_time, 'maintenance'
    from planned as p
    where p.in_maintenance
    union all
    select
        s.host_name, s.device_name, s.capture_folder,
        greatest(s.from_time, p.from_time), least(s.to_time, p.to_time), 'no_data'
    from incident_engine.silence_piece(window_start, least(window_end, as_of), as_of) as s
    left join planned as p
        on p.host_name = s.host_name
        and p.device_name = s.device_name
        and p.capture_folder = s.capture_folder
        and p.from_time < s.to_time
        and p.to_time > s.from_time
    where s.is_silent and p.in_maintenance is not true;
end
$$;

comment on function incident_engine.overlay_piece(timestamptz, timestamptz, timestamptz) is
'Time that counts as something else than the state history says: maintenance, and outside it the silence that no sweep has '
'recorded yet (no_data). The spans of a device do not overlap. Few: most devices have none.';

revoke all on function incident_engine.overlay_piece(timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident_engine.overlay_piece(timestamptz, timestamptz, timestamptz) to incident_viewer;
