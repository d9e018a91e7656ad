-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.life_piece(
    window_start timestamptz, window_end timestamptz, as_of timestamptz
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    device_id text,
    from_time timestamptz,
    to_time timestamptz,
    born_at timestamptz,
    earlier_until timestamptz,
    goes_on boolean
)
language sql
stable
rows 1000
begin atomic
    with alive as (
        select
            d.*,
            r.spans as retired,
            greatest(d.first_sample_at, window_start) as from_time,
            least(window_end, as_of, k.known_to) as to_time
        from incident.device as d
        left join incident_engine.known_until() as k on d.host_name = k.host_name
        left join incident_engine.retired_span(window_start, window_end, as_of) as r
            on
            d.host_name = r.host_name
            and d.device_name = r.device_name
            and d.capture_folder = r.capture_folder
        where
            d.first_sample_at < least(window_end, as_of, k.known_to)
            and window_start < least(window_end, as_of, k.known_to)
    )

    select
        a.host_name,
        a.device_name,
        a.capture_folder,
        a.device_id,
        a.from_time,
        a.to_time,
        a.first_sample_at as born_at,
        null::timestamptz as earlier_until,
        true as goes_on
    from alive as a
    where a.retired is null
    union all
    select
        a.host_name,
        a.device_name,
        a.capture_folder,
        a.device_id,
        life.from_time,
        life.to_time,
        a.first_sample_at as born_at,
        life.earlier_until,
        life.to_time = a.to_time as goes_on
    from alive as a
    cross join
        lateral (
            select
                lower(span) as from_time,
                upper(span) as to_time,
                lag(upper(span)) over (order by span) as earlier_until
            from unnest(tstzmultirange(tstzrange(a.from_time, a.to_time)) - a.retired) as span
        ) as life
    where a.retired is not null;
end;

comment on function incident_engine.life_piece(timestamptz, timestamptz, timestamptz) is
'When each device was in service, clipped to a window and to as_of: from its first sample (born_at) to its retirement, and again from '
'the sample that brought it back on. earlier_until: when the piece of the same device before this one ended; goes_on: not ended by a '
'retirement.';

revoke all on function incident_engine.life_piece(timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident_engine.life_piece(timestamptz, timestamptz, timestamptz) to incident_viewer;
