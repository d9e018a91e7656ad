create or replace function incident_engine.refold_void_period(changed incident.void_period)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    samples_from constant timestamptz := incident_engine.samples_from();
    from_time constant timestamptz := coalesce(lower(changed.period), '-infinity');
    to_time constant timestamptz := coalesce(upper(changed.period), 'infinity');
    spans incident_engine.touch[];
    d record;
begin
    spans := array(
        select (m.host_name, m.device_name, m.capture_folder, from_time, to_time)::incident_engine.touch
        from (
            select distinct s.host_name, s.device_name, s.capture_folder
            from public.system_device_metrics as s
            where s.host_name = changed.host_name and s.timestamp <@ changed.period
        ) as m
        where
            m.device_name = coalesce(changed.device_name, m.device_name)
            and m.capture_folder = coalesce(changed.capture_folder, m.capture_folder)
    );

    -- A life that was thought to begin with a void sample begins with the first that counts.
    for d in
        select n.host_name, n.device_name, n.capture_folder, f.timestamp as first_sample_at
        from unnest(spans) as s
        join incident.device as n using (host_name, device_name, capture_folder)
        left join lateral (
            select c.timestamp
            from incident_engine.sample as c
            where
                c.host_name = n.host_name
                and c.device_name = n.device_name
                and c.capture_folder = n.capture_folder
                and c.timestamp >= samples_from
            order by c.timestamp
            limit 1
        ) as f on true
        where n.first_sample_at >= samples_from and n.first_sample_at < coalesce(f.timestamp, 'infinity')
    loop
        delete from incident.device_state as e
        where
            e.host_name = d.host_name
            and e.device_name = d.device_name
            and e.capture_folder = d.capture_folder
            and e.started_at < coalesce(d.first_sample_at, 'infinity');
        update incident.device as n
        set first_sample_at = coalesce(d.first_sample_at, n.first_sample_at)
        where n.host_name = d.host_name and n.device_name = d.device_name and n.capture_folder = d.capture_folder;
    end loop;

    perform incident_engine.fold(
        spans || (changed.host_name, '', '', from_time, to_time)::incident_engine.touch, cause => 'void samples'
    );
    -- Incidents of a time before the first sample that counts.
    perform incident_engine.fold_incidents(spans, array['ffmpeg', 'monitor'], cause => 'void samples');
    perform incident_engine.forget_devices(spans);
end
$$;

comment on function incident_engine.refold_void_period(incident.void_period) is
'Makes history and incidents what the samples that count say, after some were declared void or restored.';

revoke all on function incident_engine.refold_void_period(incident.void_period) from public;
