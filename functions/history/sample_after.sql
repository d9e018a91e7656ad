create or replace function incident_engine.sample_after(
    host_name text, device_name text, capture_folder text, after timestamptz, not_after timestamptz
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
        bound := least(not_after, after + reaches[step]);
        found_at := (
            select m.timestamp
            from incident_engine.sample as m
            where
                m.host_name = sample_after.host_name
                and m.device_name = sample_after.device_name
                and m.capture_folder = sample_after.capture_folder
                and m.timestamp > after
                and m.timestamp <= bound
            order by m.timestamp limit 1
        );
        exit when found_at is not null or bound = not_after;
    end loop;
    return found_at;
end
$$;

comment on function incident_engine.sample_after(text, text, text, timestamptz, timestamptz) is
'Time of a device''s first sample after a moment, or null; see sample_before.';

revoke all on function incident_engine.sample_after(text, text, text, timestamptz, timestamptz) from public;
