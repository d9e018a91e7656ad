create or replace function incident_engine.find_silence(since timestamptz, as_of timestamptz)
returns incident_engine.touch[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
    -- Samples committed while an earlier round looked are found by looking at its time again.
    first_time constant timestamptz := since - longest - interval '10 minutes';
begin
    return (
        with sample as (
            select m.host_name, m.device_name, m.capture_folder, m.timestamp,
                lag(m.timestamp) over device as previous_timestamp,
                lead(m.timestamp) over device as next_timestamp
            from public.system_device_metrics as m
            where m.timestamp >= first_time and m.timestamp <= as_of + interval '5 minutes'
            window device as (partition by m.host_name, m.device_name, m.capture_folder order by m.timestamp)
        ),

        -- Cheap first: no silence is shorter than the shortest that counts.
        shortest as (
            select min(p.no_data_after) as no_data_after from incident.policy as p
        ),

        ended as (
            select s.host_name, s.device_name, s.capture_folder, s.timestamp
            from sample as s
            cross join shortest
            where s.timestamp >= s.previous_timestamp + shortest.no_data_after
        ),

        ended_unseen as (
            select e.*
            from ended as e
            where not exists (
                select from incident.device_state as s
                where
                    (s.host_name, s.device_name, s.capture_folder) = (e.host_name, e.device_name, e.capture_folder)
                    and s.ffmpeg_status = 'no_data'
                    and s.ended_at = e.timestamp
            )
        ),

        lasting as (
            select d.host_name, d.device_name, d.capture_folder, coalesce(s.timestamp, d.state_started_at) as timestamp
            from incident.device as d
            left join sample as s
                on s.host_name = d.host_name
                and s.device_name = d.device_name
                and s.capture_folder = d.capture_folder
                and s.next_timestamp is null
            cross join lateral incident_engine.silence_policy(d.host_name, d.device_name, d.capture_folder) as p
            where
                d.ffmpeg_status <> 'no_data'
                and coalesce(s.timestamp + p.no_data_after <= as_of, true)
        )

        select array_agg((s.host_name, s.device_name, s.capture_folder, s.timestamp, s.to_time)::incident_engine.touch)
        from (
            select e.host_name, e.device_name, e.capture_folder, e.timestamp, e.timestamp as to_time from ended_unseen as e
            union
            select l.host_name, l.device_name, l.capture_folder, l.timestamp, 'infinity' from lasting as l
        ) as s
    );
end
$$;

comment on function incident_engine.find_silence(timestamptz, timestamptz) is
'Silences that no fold has seen yet: gaps that ended in samples newer than since, and devices silent at as_of. One pass over '
'the samples since the last round, whatever the length of the history.';

revoke all on function incident_engine.find_silence(timestamptz, timestamptz) from public;
