create or replace function incident_engine.sampled_states(regions incident_engine.touch[], horizon timestamptz)
returns incident.device_state[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    earliest constant timestamptz := (select min(r.from_time) from unnest(regions) as r);
    latest constant timestamptz := (select least(max(r.to_time), horizon) from unnest(regions) as r);
    swept_to constant timestamptz := (select s.swept_to from incident_engine.sweep_state as s);
begin
    return (
        -- Asked for once a region, not once a sample.
        with region as materialized (
            select r.*, p.sample_interval, p.no_data_after
            from unnest(regions) as r
            cross join lateral incident_engine.silence_policy(r.host_name, r.device_name, r.capture_folder) as p
        ),

        sample as (
            select r.host_name, r.device_name, r.capture_folder, r.sample_interval, r.no_data_after,
                m.timestamp, m.ffmpeg_status, m.monitor_status,
                lead(m.timestamp, 1, r.to_time) over (
                    partition by r.host_name, r.device_name, r.capture_folder, r.from_time order by m.timestamp
                ) as next_timestamp
            from region as r
            cross join lateral (
                select s.timestamp, s.ffmpeg_status, s.monitor_status
                from public.system_device_metrics as s
                where
                    s.host_name = r.host_name
                    and s.device_name = r.device_name
                    and s.capture_folder = r.capture_folder
                    and s.timestamp >= r.from_time
                    and s.timestamp < r.to_time
                    and s.timestamp between earliest and latest
                offset 0
            ) as m
        ),

        -- A status holds until the next sample, or until the first missed one when the silence lasts too long. After the
        -- last sample silence is known as far as the sweep has looked.
        bridged as (
            select s.*,
                case
                    when s.timestamp + s.no_data_after
                        <= case when s.next_timestamp = 'infinity' then swept_to else s.next_timestamp end
                        then least(s.timestamp + s.sample_interval, s.next_timestamp)
                    else s.next_timestamp
                end as holds_until
            from sample as s
        ),

        state as (
            select b.host_name, b.device_name, b.capture_folder,
                b.timestamp as started_at, b.holds_until as ended_at, b.ffmpeg_status, b.monitor_status
            from bridged as b
            union all
            select b.host_name, b.device_name, b.capture_folder,
                b.holds_until, b.next_timestamp, 'no_data', 'no_data'
            from bridged as b
            where b.holds_until < b.next_timestamp
        )

        select array_agg((
            s.host_name, s.device_name, s.capture_folder, s.started_at, s.ended_at, s.ffmpeg_status, s.monitor_status
        )::incident.device_state)
        from state as s
    );
end
$$;

comment on function incident_engine.sampled_states(incident_engine.touch[], timestamptz) is
'The states that the samples of the regions tell, one per sample and one per silence of no_data_after or longer, which '
'starts at the first missed sample. horizon: samples after it are not looked at.';

revoke all on function incident_engine.sampled_states(incident_engine.touch[], timestamptz) from public;
