create or replace function incident_engine.nth_sample_before(
    host_name text, device_name text, capture_folder text, before timestamptz, nth integer
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
        bound := greatest(incident_engine.first_plausible(), before - reaches[step]);
        found_at := (
            select m.timestamp
            from incident_engine.sample as m
            where
                m.host_name = nth_sample_before.host_name
                and m.device_name = nth_sample_before.device_name
                and m.capture_folder = nth_sample_before.capture_folder
                and m.timestamp < before
                and m.timestamp >= bound
            order by m.timestamp desc
            offset nth - 1 limit 1
        );
        exit when found_at is not null or bound = incident_engine.first_plausible();
    end loop;
    return coalesce(found_at, incident_engine.first_plausible());
end
$$;

comment on function incident_engine.nth_sample_before(text, text, text, timestamptz, integer) is
'Time of a device''s sample so many before a moment (1: the last one), or the earliest there can be when there are fewer.';

revoke all on function incident_engine.nth_sample_before(text, text, text, timestamptz, integer) from public;
