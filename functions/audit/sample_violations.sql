create or replace function incident_engine.sample_violations(since timestamptz)
returns table (rule text, host_name text, device_name text, capture_folder text, detail text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with sample as (
        select
            m.host_name, m.device_name, m.capture_folder, m.timestamp, m.ffmpeg_status, m.monitor_status,
            s.started_at, s.ffmpeg_status as known_ffmpeg, s.monitor_status as known_monitor,
            lead(m.timestamp) over (
                partition by m.host_name, m.device_name, m.capture_folder order by m.timestamp
            ) as next_timestamp
        from incident_engine.sample as m
        left join
            lateral (
                select e.*
                from incident.device_state as e
                where
                    e.host_name = m.host_name
                    and e.device_name = m.device_name
                    and e.capture_folder = m.capture_folder
                    and e.started_at <= m.timestamp
                order by e.started_at desc
                limit 1
            ) as s
            on s.ended_at > m.timestamp
        where
            m.timestamp >= greatest(since, incident_engine.samples_from())
            and m.timestamp < '9999-01-01 00:00:00+00' -- beyond it no interval can be added
            and not exists (
                select from incident_engine.future_sample as f
                where
                    (f.host_name, f.device_name, f.capture_folder, f.timestamp)
                    = (m.host_name, m.device_name, m.capture_folder, m.timestamp)
            )
    ),

    -- Cheap first: no silence is shorter than the shortest that counts.
    silence as (
        select s.*, least(s.next_timestamp, w.swept_to) as known_until
        from sample as s
        cross join incident_engine.sweep_state as w
        where
            s.timestamp + (select min(p.no_data_after) from incident.policy as p)
            <= least(s.next_timestamp, w.swept_to)
    )

    select
        'history says what the samples say', s.host_name, s.device_name, s.capture_folder,
        format(
            'the sample of %s says %s/%s, the history %s/%s', s.timestamp, s.ffmpeg_status, s.monitor_status,
            coalesce(s.known_ffmpeg, 'nothing'), coalesce(s.known_monitor, 'nothing')
        )
    from sample as s
    where (s.ffmpeg_status, s.monitor_status) is distinct from (s.known_ffmpeg, s.known_monitor)
    union all
    select
        'silence is recorded', s.host_name, s.device_name, s.capture_folder,
        format('no sample from %s to %s, and no no_data', s.timestamp, coalesce(s.next_timestamp::text, 'now'))
    from silence as s
    cross join lateral incident_engine.silence_policy(s.host_name, s.device_name, s.capture_folder) as p
    where
        s.timestamp + p.no_data_after <= s.known_until
        and s.timestamp + p.sample_interval < coalesce(s.next_timestamp, 'infinity')
        and not exists (
            select from incident.device_state as n
            where
                (n.host_name, n.device_name, n.capture_folder) = (s.host_name, s.device_name, s.capture_folder)
                and n.ffmpeg_status = 'no_data'
                and n.started_at = s.timestamp + p.sample_interval
                and n.ended_at = coalesce(s.next_timestamp, 'infinity')
        );
end;

comment on function incident_engine.sample_violations(timestamptz) is
'Where the device state history disagrees with the samples since a moment. Reads all of them.';

revoke all on function incident_engine.sample_violations(timestamptz) from public;
