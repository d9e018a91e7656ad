create or replace function incident_engine.forget_devices(spans incident_engine.touch[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    forgotten incident_engine.touch[] := array(
        select s
        from unnest(spans) as s
        where not exists (
            select from incident.device_state as e
            where (e.host_name, e.device_name, e.capture_folder) = (s.host_name, s.device_name, s.capture_folder)
        )
    );
begin
    -- Their incidents never were.
    perform incident_engine.fold_incidents(forgotten, array['ffmpeg', 'monitor', 'system'], cause => 'void samples');
    delete from incident.device as d
    using unnest(forgotten) as f
    where
        (d.host_name, d.device_name, d.capture_folder) = (f.host_name, f.device_name, f.capture_folder)
        and not exists (
            select from incident_engine.operator_action as a
            where (a.host_name, a.device_name, a.capture_folder) = (d.host_name, d.device_name, d.capture_folder)
            union all
            select from incident.sealed_report_line as l
            where (l.host_name, l.device_name, l.capture_folder) = (d.host_name, d.device_name, d.capture_folder)
        );
end
$$;

comment on function incident_engine.forget_devices(incident_engine.touch[]) is
'Forgets devices of which no sample counts any more, and retracts their incidents.';

revoke all on function incident_engine.forget_devices(incident_engine.touch[]) from public;
