create or replace function incident_engine.arrived_samples(horizon timestamptz)
returns incident_engine.touch[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    spans incident_engine.touch[];
begin
    with arrived as (
        delete from incident_engine.future_sample as f
        where f.timestamp <= horizon
        returning f.host_name, f.device_name, f.capture_folder, f.timestamp
    )

    select array_agg((a.host_name, a.device_name, a.capture_folder, a.timestamp, a.timestamp)::incident_engine.touch)
    into spans
    from arrived as a;
    return spans;
end
$$;

comment on function incident_engine.arrived_samples(timestamptz) is
'Takes the samples, and rows of hosts, that were dated ahead and whose time has come (up to horizon) out of those that wait.';

revoke all on function incident_engine.arrived_samples(timestamptz) from public;
