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
-- So that partitions out of reach are neither opened nor locked. Planned each time, and so as small as can be.
set plan_cache_mode = force_custom_plan
as $$
declare
    earliest constant timestamptz := (select min(r.from_time) from unnest(regions) as r);
    latest constant timestamptz := (select least(max(r.to_time), horizon) from unnest(regions) as r);
begin
    return query
    select k.region, m.timestamp, m.ffmpeg_status, m.monitor_status, m.device_id, m.video_device,
        lag(m.timestamp) over of_region is null, lead(m.timestamp) over of_region is null,
        k.sample_interval, k.no_data_after, k.device, k.state_before, k.next_state_ends_at
    from incident_engine.known_regions(regions) as k
    cross join lateral (
        select s.timestamp, s.ffmpeg_status, s.monitor_status, s.device_id, s.video_device
        from incident_engine.sample as s
        where
            s.host_name = (k.region).host_name
            and s.device_name = (k.region).device_name
            and s.capture_folder = (k.region).capture_folder
            and s.timestamp between (k.region).from_time and (k.region).to_time
            and s.timestamp between earliest and latest
        offset 0
    ) as m
    window of_region as (partition by k.number order by m.timestamp)
    order by k.number, m.timestamp;
end
$$;

comment on function incident_engine.region_samples(incident_engine.touch[], timestamptz) is
'The samples of the regions, in order of device and time, each with its region and what is known there (known_regions). horizon: '
'samples after it are not looked at.';

revoke all on function incident_engine.region_samples(incident_engine.touch[], timestamptz) from public;
