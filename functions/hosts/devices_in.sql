create or replace function incident_engine.devices_in(spans incident_engine.touch[])
returns incident_engine.touch[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set jit = off
-- What is joined here has no statistics; tables are looked up laterally, by their keys.
set enable_nestloop = off
set enable_hashjoin = on
as $$
begin
    return (
        with of_host as (
            select s.host_name, min(s.from_time) as from_time, max(s.to_time) as to_time
            from unnest(spans) as s
            where s.capture_folder = ''
            group by s.host_name
        ),

        device as (
            select s.host_name, s.device_name, s.capture_folder, s.from_time, s.to_time
            from unnest(spans) as s
            where s.capture_folder <> ''
            union all
            select h.host_name, d.device_name, d.capture_folder, h.from_time, h.to_time
            from of_host as h
            cross join lateral (select k.* from incident.device as k where k.host_name = h.host_name offset 0) as d
        ),

        reach as (
            select d.host_name, d.device_name, d.capture_folder, min(d.from_time) as from_time, max(d.to_time) as to_time
            from device as d
            where (d.device_name, d.capture_folder) <> (d.host_name, 'host')
            group by d.host_name, d.device_name, d.capture_folder
        )

        select array_agg((
            r.host_name, r.device_name, r.capture_folder,
            incident_engine.reported_before(r.host_name, r.device_name, r.capture_folder, r.from_time),
            incident_engine.reported_after(r.host_name, r.device_name, r.capture_folder, r.to_time)
        )::incident_engine.touch)
        from reach as r
        where exists (
            select
            from incident.device_state as h
            where
                h.host_name = r.host_name
                and h.device_name = r.device_name
                and h.capture_folder = r.capture_folder
                and (h.ffmpeg_status in ('no_data', 'unknown') or h.monitor_status = 'unknown')
                and h.started_at <= r.to_time
                and h.ended_at >= r.from_time
                and h.started_at >= coalesce((
                    select max(b.started_at)
                    from incident.device_state as b
                    where
                        b.host_name = r.host_name
                        and b.device_name = r.device_name
                        and b.capture_folder = r.capture_folder
                        and b.started_at <= r.from_time
                ), '-infinity')
        ) or exists (
            select
            from incident.system_state as h
            where
                h.host_name = r.host_name
                and h.device_name = r.device_name
                and h.capture_folder = r.capture_folder
                and h.status <> 'reporting'
                and h.started_at <= r.to_time
                and h.ended_at >= r.from_time
        )
    );
end
$$;

comment on function incident_engine.devices_in(incident_engine.touch[]) is
'The devices whose silence may be seen differently for what happened in the spans, to them or (capture_folder '''') to their hosts: each '
'from the last moment before at which it reported to the next one after.';

revoke all on function incident_engine.devices_in(incident_engine.touch[]) from public;
