create or replace function incident_engine.last_signal(host_name text, horizon timestamptz)
returns timestamptz
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    return greatest(
        (
            select max(incident_engine.sample_before(
                d.host_name, d.device_name, d.capture_folder, horizon + interval '1 microsecond', d.first_sample_at
            ))
            from incident.device as d
            where d.host_name = last_signal.host_name
        ),
        (
            select max(m.timestamp)
            from public.system_metrics as m
            where m.host_name = last_signal.host_name and m.timestamp <= horizon
        )
    );
end
$$;

comment on function incident_engine.last_signal(text, timestamptz) is
'When a host was last heard: the newest of its devices'' samples and of its own rows, not after horizon.';

revoke all on function incident_engine.last_signal(text, timestamptz) from public;
