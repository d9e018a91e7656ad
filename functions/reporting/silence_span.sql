create or replace function incident_engine.silence_span(
    window_start timestamptz, window_end timestamptz, as_of timestamptz
)
returns table (host_name text, device_name text, capture_folder text, spans tstzmultirange)
language plpgsql
stable
security definer
rows 10
set search_path = pg_catalog, pg_temp
-- Plans that know the times open the partitions of these times alone.
set plan_cache_mode = force_custom_plan
set jit = off
as $$
declare
    horizon constant timestamptz := as_of + incident_engine.clock_tolerance();
begin
    return query
    with suspect as materialized (
        select
            d.*,
            p.sample_interval,
            p.no_data_after
        from incident_engine.silence_suspects(window_start, window_end, as_of) as d
        cross join lateral incident_engine.silence_policy(d.host_name, d.device_name, d.capture_folder) as p
    ),

    gap as (
        select s.*, pair.earlier, pair.later
        from suspect as s
        cross join lateral unnest(s.times[:cardinality(s.times) - 1], s.times[2:]) as pair (earlier, later)
        union all
        select
            s.*,
            incident_engine.sample_before(
                s.host_name, s.device_name, s.capture_folder, s.times[1], s.first_sample_at
            ),
            s.times[1]
        from suspect as s
        where s.looks_back
        union all
        select
            s.*,
            coalesce(
                s.times[cardinality(s.times)],
                (
                    select max(m.timestamp)
                    from incident_engine.sample as m
                    where
                        m.host_name = s.host_name
                        and m.device_name = s.device_name
                        and m.capture_folder = s.capture_folder
                        and m.timestamp > as_of - interval '1 day'
                        and m.timestamp <= horizon
                ),
                incident_engine.sample_before(
                    s.host_name, s.device_name, s.capture_folder, horizon, s.state_started_at
                ),
                s.state_started_at
            ),
            null
        from suspect as s
        where s.ffmpeg_status <> 'no_data'
    ),

    -- By as_of it must have lasted long enough, whatever came later.
    silent as (
        select g.*
        from gap as g
        where
            g.earlier + g.no_data_after <= least(g.later, as_of)
            and g.earlier + g.sample_interval < window_end
            and coalesce(g.later > window_start, true)
    )

    select
        s.host_name, s.device_name, s.capture_folder,
        range_agg(tstzrange(s.earlier + s.sample_interval, coalesce(s.later, 'infinity')))
    from silent as s
    group by s.host_name, s.device_name, s.capture_folder;
end
$$;

comment on function incident_engine.silence_span(timestamptz, timestamptz, timestamptz) is
'Silence of devices in the window, or at as_of, that no sweep has recorded yet; infinity where it is not over. Devices of which all '
'is recorded are not listed.';

revoke all on function incident_engine.silence_span(timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident_engine.silence_span(timestamptz, timestamptz, timestamptz) to incident_viewer;
