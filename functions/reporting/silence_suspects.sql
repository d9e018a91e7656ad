create or replace function incident_engine.silence_suspects(
    window_start timestamptz, window_end timestamptz, as_of timestamptz
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    ffmpeg_status text,
    state_started_at timestamptz,
    first_sample_at timestamptz,
    times timestamptz[],
    looks_back boolean
)
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
    shortest constant interval := (select min(p.no_data_after) from incident.policy as p);
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
    horizon constant timestamptz := as_of + incident_engine.clock_tolerance();
    swept_to constant timestamptz := (select s.swept_to from incident_engine.sweep_state as s);
    -- Silence that began earlier had lasted long enough when the last sweep looked.
    known_to constant timestamptz := swept_to - longest;
    seen_from constant timestamptz := greatest(known_to, window_start - longest);
    short_ago constant timestamptz := as_of - shortest;
    is_repaired constant boolean := not exists (select from incident_engine.error as e where e.repaired_at is null);
    suspects incident.device[];
begin
    -- A central database has no samples: its sites have looked.
    if incident_engine.follows_sites() then
        return;
    end if;

    -- The sweep has recorded what could matter, unless a fold failed and waits for its retry.
    if window_end <= known_to and is_repaired then
        return;
    end if;

    -- Cheapest first, one short look a device: no silence is shorter than the shortest that counts. A silence that is not
    -- over at as_of has no sample since short_ago, and one that ended since the last sweep has none from short_ago up to
    -- that sweep. Samples newer than as_of would have to be looked at too.
    if swept_to > short_ago and seen_from = known_to and is_repaired then
        suspects := (
            select array_agg(d)
            from incident.device as d
            cross join lateral (
                select
                    bool_or(m.timestamp <= swept_to) as reported_before,
                    bool_or(m.timestamp > as_of) as reported_after
                from incident_engine.sample as m
                where
                    m.host_name = d.host_name
                    and m.device_name = d.device_name
                    and m.capture_folder = d.capture_folder
                    and m.timestamp > short_ago
                    and m.timestamp <= horizon
            ) as s
            where coalesce(s.reported_after or not s.reported_before, true)
        );
    else
        suspects := (select array_agg(d) from incident.device as d);
    end if;
    if suspects is null then
        return;
    end if;

    -- Of these, those that may have been silent for as long as counts.
    return query
    select
        d.host_name, d.device_name, d.capture_folder, d.ffmpeg_status, d.state_started_at, d.first_sample_at, s.times,
        coalesce(seen_from > known_to and s.times[1] > window_start, false)
    from unnest(suspects) as d
    cross join lateral (
        select array_agg(m.timestamp order by m.timestamp) as times
        from incident_engine.sample as m
        where
            m.host_name = d.host_name
            and m.device_name = d.device_name
            and m.capture_folder = d.capture_folder
            and m.timestamp > seen_from
            and m.timestamp <= horizon
    ) as s
    where
        (d.ffmpeg_status <> 'no_data' and coalesce(s.times[cardinality(s.times)] <= as_of - shortest, true))
        or (seen_from > known_to and s.times[1] > window_start)
        or (
            s.times[cardinality(s.times)] >= s.times[1] + shortest
            and exists (
                select
                from unnest(s.times[2:], s.times[:cardinality(s.times) - 1]) as pair (later, earlier)
                where pair.later >= pair.earlier + shortest
            )
        );
end
$$;

comment on function incident_engine.silence_suspects(timestamptz, timestamptz, timestamptz) is
'Devices that may have been silent, in the window or at as_of, without a sweep having recorded it, with the times of their samples since '
'then (looks_back: the last one before these counts too). One short index scan a device while the sweep runs; where none ever ran, all '
'samples of the window.';

revoke all on function incident_engine.silence_suspects(timestamptz, timestamptz, timestamptz) from public;
