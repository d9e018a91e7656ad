create or replace function incident_engine.region_samples(regions incident_engine.touch[], horizon timestamptz)
returns table (
    region incident_engine.touch,
    sampled_at timestamptz,
    ffmpeg_status text,
    monitor_status text,
    device_id text,
    video_device text,
    is_first boolean,
    is_last boolean,
    sample_interval interval,
    no_data_after interval,
    device incident.device,
    state_before incident.device_state,
    next_state_ends_at timestamptz
)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
-- So that partitions out of reach are neither opened nor locked.
set plan_cache_mode = force_custom_plan
as $$
declare
    earliest constant timestamptz := (select min(r.from_time) from unnest(regions) as r);
    latest constant timestamptz := (select least(max(r.to_time), horizon) from unnest(regions) as r);
begin
    return query
    with asked as (
        select r.*
        from unnest(regions) with ordinality as r (host_name, device_name, capture_folder, from_time, to_time, number)
    ),

    scope as materialized (
        select p.host_name, p.device_name, p.capture_folder, (p.policy).sample_interval, (p.policy).no_data_after
        from incident_engine.scope_policies(array(select distinct a.host_name from asked as a), array[null]::text[]) as p
    )

    select (a.host_name, a.device_name, a.capture_folder, a.from_time, a.to_time)::incident_engine.touch, m.timestamp, m.ffmpeg_status, m.monitor_status, m.device_id, m.video_device,
        lag(m.timestamp) over of_region is null, lead(m.timestamp) over of_region is null,
        coalesce(pd.sample_interval, ph.sample_interval, pa.sample_interval),
        coalesce(pd.no_data_after, ph.no_data_after, pa.no_data_after), d, b.state, n.ended_at  -- rule: the most specific policy wins
    from asked as a
    join scope as pa on pa.host_name is null
    left join scope as ph on ph.host_name = a.host_name and ph.device_name is null
    left join scope as pd
        on pd.host_name = a.host_name and pd.device_name = a.device_name and pd.capture_folder = a.capture_folder
    left join incident.device as d
        on d.host_name = a.host_name and d.device_name = a.device_name and d.capture_folder = a.capture_folder
    left join lateral (
        select e as state
        from incident.device_state as e
        where
            e.host_name = a.host_name
            and e.device_name = a.device_name
            and e.capture_folder = a.capture_folder
            and e.started_at < a.from_time
        order by e.started_at desc
        limit 1
    ) as b on (b.state).ended_at > a.from_time
    left join lateral (
        select e.ended_at
        from incident.device_state as e
        where
            e.host_name = a.host_name
            and e.device_name = a.device_name
            and e.capture_folder = a.capture_folder
            and e.started_at <= a.to_time
        order by e.started_at desc
        limit 1
    ) as n on n.ended_at > a.to_time
    cross join lateral (
        select s.timestamp, s.ffmpeg_status, s.monitor_status, s.device_id, s.video_device
        from incident_engine.sample as s
        where
            s.host_name = a.host_name
            and s.device_name = a.device_name
            and s.capture_folder = a.capture_folder
            and s.timestamp between a.from_time and a.to_time
            and s.timestamp between earliest and latest
        offset 0
    ) as m
    window of_region as (partition by a.number order by m.timestamp)
    order by a.number, m.timestamp;
end
$$;

comment on function incident_engine.region_samples(incident_engine.touch[], timestamptz) is
'The samples of the regions, in order of device and time, each with its region, what is known of its device (null: nothing yet), the '
'state that reaches into the region from before it, and the end of the one that holds at the region''s last sample. horizon: samples '
'after it are not looked at.';

revoke all on function incident_engine.region_samples(incident_engine.touch[], timestamptz) from public;
