create or replace function incident_engine.register_devices(touched incident_engine.touch[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    earliest constant timestamptz := (select min(t.from_time) from unnest(touched) as t);
    latest constant timestamptz := (select max(t.to_time) from unnest(touched) as t);
begin
    insert into incident.device (
        host_name, device_name, capture_folder, device_id, video_device,
        ffmpeg_status, monitor_status, state_started_at, first_sample_at
    )
    select
        t.host_name,
        t.device_name,
        t.capture_folder,
        m.device_id,
        m.video_device,
        m.ffmpeg_status,
        m.monitor_status,
        m.timestamp,
        m.timestamp
    from (
        select a.host_name, a.device_name, a.capture_folder, min(a.from_time) as from_time, max(a.to_time) as to_time
        from unnest(touched) as a
        group by a.host_name, a.device_name, a.capture_folder
    ) as t
    cross join lateral (
        select s.device_id, s.video_device, s.ffmpeg_status, s.monitor_status, s.timestamp
        from public.system_device_metrics as s
        where
            s.host_name = t.host_name
            and s.device_name = t.device_name
            and s.capture_folder = t.capture_folder
            and s.timestamp between t.from_time and t.to_time
            and s.timestamp between earliest and latest
        order by s.timestamp
        limit 1
    ) as m
    where not exists (
        select from incident.device as d
        where (d.host_name, d.device_name, d.capture_folder) = (t.host_name, t.device_name, t.capture_folder)
    )
    order by t.host_name, t.device_name, t.capture_folder
    on conflict do nothing;

    perform
    from incident.device as d
    where (d.host_name, d.device_name, d.capture_folder) in (
        select t.host_name, t.device_name, t.capture_folder from unnest(touched) as t
    )
    order by d.host_name, d.device_name, d.capture_folder
    for no key update;
end
$$;

comment on function incident_engine.register_devices(incident_engine.touch[]) is
'Registers devices on first sight and locks the rows of all touched ones in key order.';

revoke all on function incident_engine.register_devices(incident_engine.touch[]) from public;
