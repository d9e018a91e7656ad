create or replace function incident_engine.update_devices(regions incident_engine.touch[], horizon timestamptz)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    earliest constant timestamptz := (select min(r.from_time) from unnest(regions) as r where r.to_time = 'infinity');
begin
    update incident.device as d
    set first_sample_at = r.from_time
    from (
        select a.host_name, a.device_name, a.capture_folder, min(a.from_time) as from_time
        from unnest(regions) as a
        group by a.host_name, a.device_name, a.capture_folder
    ) as r
    where
        (d.host_name, d.device_name, d.capture_folder) = (r.host_name, r.device_name, r.capture_folder)
        and r.from_time < d.first_sample_at;

    update incident.device as d
    set ffmpeg_status = s.ffmpeg_status,
        monitor_status = s.monitor_status,
        state_started_at = s.started_at
    from (select distinct a.host_name, a.device_name, a.capture_folder from unnest(regions) as a) as r
    cross join lateral (
        select e.*
        from incident.device_state as e
        where e.host_name = r.host_name and e.device_name = r.device_name and e.capture_folder = r.capture_folder
        order by e.started_at desc
        limit 1
    ) as s
    where
        (d.host_name, d.device_name, d.capture_folder) = (r.host_name, r.device_name, r.capture_folder)
        and s.ended_at = 'infinity'
        and (d.ffmpeg_status, d.monitor_status, d.state_started_at) <> (s.ffmpeg_status, s.monitor_status, s.started_at);

    -- The newest sample of a device lies in a region without an end. It says what the device is called.
    update incident.device as d
    set device_id = m.device_id,
        video_device = m.video_device
    from unnest(regions) as r
    cross join lateral (
        select n.device_id, n.video_device
        from public.system_device_metrics as n
        where
            n.host_name = r.host_name
            and n.device_name = r.device_name
            and n.capture_folder = r.capture_folder
            and n.timestamp >= r.from_time
            and n.timestamp >= earliest
            and n.timestamp <= horizon
        order by n.timestamp desc
        limit 1
    ) as m
    where
        r.to_time = 'infinity'
        and (d.host_name, d.device_name, d.capture_folder) = (r.host_name, r.device_name, r.capture_folder)
        and (d.device_id, d.video_device) is distinct from (m.device_id, m.video_device);
end
$$;

comment on function incident_engine.update_devices(incident_engine.touch[], timestamptz) is
'Brings incident.device up to the state history after a fold; devices whose state did not change are not written.';

revoke all on function incident_engine.update_devices(incident_engine.touch[], timestamptz) from public;
