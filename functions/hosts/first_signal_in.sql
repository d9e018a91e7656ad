create or replace function incident_engine.first_signal_in(
    host_name text, device_name text, capture_folder text, not_before timestamptz, before timestamptz
)
returns timestamptz
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    just_before constant timestamptz := not_before - interval '1 microsecond';
    last_one constant timestamptz := least(before, now() + incident_engine.clock_tolerance()) - interval '1 microsecond';
begin
    if (device_name, capture_folder) <> (host_name, 'host') then
        return incident_engine.sample_after(host_name, device_name, capture_folder, just_before, last_one);
    end if;
    return least(
        (
            select min(incident_engine.sample_after(d.host_name, d.device_name, d.capture_folder, just_before, last_one))
            from incident.device as d
            where d.host_name = first_signal_in.host_name
        ),
        (
            select min(m.timestamp)
            from incident_engine.host_sample as m
            where m.host_name = first_signal_in.host_name and m.timestamp > just_before and m.timestamp <= last_one
        )
    );
end
$$;

comment on function incident_engine.first_signal_in(text, text, text, timestamptz, timestamptz) is
'Time of the first sample of a device, or the first signal of a host, from not_before up to, not including, before; null when '
'there is none.';

revoke all on function incident_engine.first_signal_in(text, text, text, timestamptz, timestamptz) from public;
