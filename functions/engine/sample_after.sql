create or replace function incident_engine.sample_after(
    host_name text, device_name text, capture_folder text, after timestamptz, not_after timestamptz
)
returns timestamptz
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select min(m.timestamp)
        from public.system_device_metrics as m
        where
            m.host_name = sample_after.host_name
            and m.device_name = sample_after.device_name
            and m.capture_folder = sample_after.capture_folder
            and m.timestamp > after
            and m.timestamp <= not_after
    );
end
$$;

comment on function incident_engine.sample_after(text, text, text, timestamptz, timestamptz) is
'Time of a device''s first sample after a moment, or null; see sample_before.';

revoke all on function incident_engine.sample_after(text, text, text, timestamptz, timestamptz) from public;
