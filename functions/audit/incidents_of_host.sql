create or replace function incident_engine.incidents_of_host(
    host text, window_start timestamptz, window_end timestamptz, simulated boolean
)
returns jsonb
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with told as (
        select
            i.device_name,
            i.capture_folder,
            i.component,
            i.severity,
            i.detected_at,
            i.resolved_at,
            incidents_of_host.simulated,
            -- Announced unless maintenance covers all of it.
            not coalesce((
                select
                    range_agg(m.effective_period)
                    @> tstzrange(i.detected_at, greatest(i.resolved_at, i.detected_at + interval '1 microsecond'))
                from incident.maintenance as m
                where incident_engine.maintenance_covers(m, i.host_name, i.device_name, i.capture_folder)
            ), false) as is_announced
        from public.system_incident as i
        where
            i.host_name = host
            and i.retracted_at is null
            and i.detected_at >= window_start
            and i.detected_at < window_end
    )

    select coalesce(jsonb_agg(to_jsonb(t)), '[]') from told as t;
end;

comment on function incident_engine.incidents_of_host(text, timestamptz, timestamptz, boolean) is
'The incidents of a host detected in a window as JSON, each with simulated as given.';

revoke all on function incident_engine.incidents_of_host(text, timestamptz, timestamptz, boolean) from public;
