create or replace function incident_engine.silence_piece(window_end timestamptz, as_of timestamptz)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    from_time timestamptz,
    to_time timestamptz,
    is_silent boolean
)
language plpgsql
stable
security definer
rows 10
set search_path = pg_catalog, pg_temp
-- Plans that know the times open the partitions of these times alone.
set plan_cache_mode = force_custom_plan
as $$
declare
    swept_to constant timestamptz := (select s.swept_to from incident_engine.sweep_state as s);
    shortest constant interval := (select min(p.no_data_after) from incident.policy as p);
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
    horizon constant timestamptz := as_of + interval '5 minutes';
    reported_after constant timestamptz := as_of - shortest;
    known_to constant timestamptz := swept_to - longest;
begin
    -- The sweep has recorded what could matter, unless a fold failed and waits for its retry.
    if window_end <= known_to
        and not exists (select from incident_engine.error as e where e.repaired_at is null)
    then
        return;
    end if;

    return query
    with candidate as materialized (
        select d.host_name, d.device_name, d.capture_folder, d.state_started_at
        from incident.device as d
        left join lateral (
            select true as has_reported
            from public.system_device_metrics as m
            where
                m.host_name = d.host_name
                and m.device_name = d.device_name
                and m.capture_folder = d.capture_folder
                and m.timestamp > reported_after
                and m.timestamp <= horizon
            limit 1
        ) as late on true
        where d.ffmpeg_status <> 'no_data' and d.state_started_at <= reported_after and late.has_reported is null
    ),

    silent as materialized (
        select
            c.host_name,
            c.device_name,
            c.capture_folder,
            p.sample_interval,
            p.no_data_after,
            coalesce(
                (
                    select max(m.timestamp)
                    from public.system_device_metrics as m
                    where
                        m.host_name = c.host_name
                        and m.device_name = c.device_name
                        and m.capture_folder = c.capture_folder
                        and m.timestamp > known_to
                        and m.timestamp > as_of - interval '1 day'
                        and m.timestamp <= horizon
                ),
                incident_engine.sample_before(
                    c.host_name, c.device_name, c.capture_folder, horizon, c.state_started_at
                ),
                c.state_started_at
            ) as last_sample
        from candidate as c
        cross join lateral incident_engine.silence_policy(c.host_name, c.device_name, c.capture_folder) as p
    )

    select s.host_name, s.device_name, s.capture_folder, piece.from_time, piece.to_time, piece.is_silent
    from silent as s
    cross join lateral (
        values
        ('-infinity'::timestamptz, s.last_sample + s.sample_interval, false),
        (s.last_sample + s.sample_interval, 'infinity'::timestamptz, true)
    ) as piece (from_time, to_time, is_silent)
    where s.last_sample + s.no_data_after <= as_of and s.last_sample + s.sample_interval < window_end;
end
$$;

comment on function incident_engine.silence_piece(timestamptz, timestamptz) is
'All of time cut at the first missed sample, for each device that is silent at as_of and whose silence no sweep has recorded '
'yet; none if that silence is after window_end. One index probe a device into the newest partition, deeper only for the '
'silent.';

revoke all on function incident_engine.silence_piece(timestamptz, timestamptz) from public;
grant execute on function incident_engine.silence_piece(timestamptz, timestamptz) to incident_viewer;
