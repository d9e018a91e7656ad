create or replace function incident_engine.sample_before(
    host_name text, device_name text, capture_folder text, before timestamptz, not_before timestamptz
)
returns timestamptz
language plpgsql
stable
set search_path = pg_catalog, pg_temp
-- Plans that know the times open, and lock, the partitions of these times alone.
set plan_cache_mode = force_custom_plan
as $$
declare
    -- Near partitions first: a query pays for opening all that its bounds do not rule out.
    reaches constant interval[] := array[interval '1 day', interval '8 days', interval '64 days'];
    bound timestamptz;
    found_at timestamptz;
begin
    for step in 1 .. 4 loop
        bound := greatest(not_before, before - reaches[step]);
        found_at := (
            select m.timestamp
            from incident_engine.sample as m
            where
                m.host_name = sample_before.host_name
                and m.device_name = sample_before.device_name
                and m.capture_folder = sample_before.capture_folder
                and m.timestamp < before
                and m.timestamp >= bound
            order by m.timestamp desc limit 1
        );
        exit when found_at is not null or bound = not_before;
    end loop;
    return found_at;
end
$$;

comment on function incident_engine.sample_before(text, text, text, timestamptz, timestamptz) is
'Time of a device''s last sample before a moment and not before another, or null. A function of its own because most folds '
'never need to look into the older partitions: a query that names them pays for opening all of them.';

revoke all on function incident_engine.sample_before(text, text, text, timestamptz, timestamptz) from public;
