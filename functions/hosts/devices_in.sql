create or replace function incident_engine.devices_in(regions incident_engine.touch[])
returns incident_engine.touch[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        with span as (
            select r.host_name, min(r.from_time) as from_time, max(r.to_time) as to_time
            from unnest(regions) as r
            group by r.host_name
        ),

        silent as (
            select distinct s.host_name, d.device_name, d.capture_folder, s.from_time
            from span as s
            join incident.device as d using (host_name)
            where
                (d.device_name, d.capture_folder) <> (d.host_name, 'host')
                and (
                    exists (
                        select
                        from incident.device_state as h
                        where
                            h.host_name = d.host_name
                            and h.device_name = d.device_name
                            and h.capture_folder = d.capture_folder
                            and h.ffmpeg_status = 'no_data'
                            and h.started_at <= s.to_time
                            and h.ended_at >= s.from_time
                            and h.started_at >= coalesce((
                                select max(b.started_at)
                                from incident.device_state as b
                                where
                                    b.host_name = d.host_name
                                    and b.device_name = d.device_name
                                    and b.capture_folder = d.capture_folder
                                    and b.started_at <= s.from_time
                            ), '-infinity')
                    )
                    or exists (
                        select
                        from incident.system_state as h
                        where
                            h.host_name = d.host_name
                            and h.device_name = d.device_name
                            and h.capture_folder = d.capture_folder
                            and h.status <> 'reporting'
                            and h.started_at <= s.to_time
                            and h.ended_at >= s.from_time
                    )
                )
        )

        select array_agg((
            d.host_name, d.device_name, d.capture_folder,
            coalesce(
                (
                    select max(b.started_at)
                    from incident.system_state as b
                    where
                        b.host_name = d.host_name
                        and b.device_name = d.device_name
                        and b.capture_folder = d.capture_folder
                        and b.status = 'reporting'
                        and b.started_at < d.from_time
                ),
                '-infinity'
            ),
            'infinity'
        )::incident_engine.touch)
        from silent as d
    );
end
$$;

comment on function incident_engine.devices_in(incident_engine.touch[]) is
'The devices whose silence may be seen differently for what happened to their hosts in the regions, each from the last moment '
'before at which it reported.';

revoke all on function incident_engine.devices_in(incident_engine.touch[]) from public;
