create or replace function incident_engine.failing_sample_after(
    host_name text, device_name text, capture_folder text, component text, after timestamptz, before timestamptz
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
            m.host_name = failing_sample_after.host_name
            and m.device_name = failing_sample_after.device_name
            and m.capture_folder = failing_sample_after.capture_folder
            and m.timestamp > after
            and m.timestamp < before
            and case component when 'ffmpeg' then m.ffmpeg_status when 'monitor' then m.monitor_status end
            in ('stuck', 'stopped')
    );
end
$$;

comment on function incident_engine.failing_sample_after(text, text, text, text, timestamptz, timestamptz) is
'Time of the first sample after a moment in which the component fails, or null: where a new incident starts after an '
'operator resolved one by hand.';

revoke all on function incident_engine.failing_sample_after(
    text, text, text, text, timestamptz, timestamptz
) from public;
