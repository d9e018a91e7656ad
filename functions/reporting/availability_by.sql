-- Inlined into the query that calls it, so that a condition on host_name reaches the index. That is why no search_path is
-- pinned; the body is bound when it is created.
create or replace function incident.availability_by(
    bucket text,
    time_zone text default 'UTC',
    window_start timestamptz default now() - interval '7 days',
    window_end timestamptz default now(),
    count_no_data boolean default true,
    by text default 'device',
    as_of timestamptz default now()
)
returns table (
    bucket_start timestamptz,
    bucket_end timestamptz,
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    availability_percent numeric,
    sla_status text,
    up_seconds numeric,
    down_seconds numeric,
    unknown_seconds numeric,
    no_data_seconds numeric,
    maintenance_seconds numeric,
    window_seconds numeric,
    coverage_percent numeric,
    devices bigint,
    device_id text
)
language sql
stable
rows 10000
begin atomic
    with edge as materialized (
        select
            window_start as report_start,
            incident_engine.bucket_edges(bucket, time_zone, window_start, window_end, as_of) as edges
    ),

    piece as (
        select
            case when by <> 'fleet' then p.host_name end as host_name,
            case when by in ('device', 'component') then p.device_name end as device_name,
            case when by in ('device', 'component') then p.capture_folder end as capture_folder,
            case when by in ('device', 'component') then p.device_id end as device_id,
            p.ffmpeg_status,
            p.monitor_status,
            width_bucket(p.started_at, e.edges) as start_bucket,
            width_bucket(p.ended_at, e.edges) as end_bucket,
            p.started_at - e.report_start as started_after,
            p.ended_at - e.report_start as ended_after
        from incident_engine.counted_piece(window_start, window_end, as_of) as p
        cross join edge as e
    ),

    -- Pieces that start in one bucket and end in another are cut together: all that matters is how many there are, and how
    -- far into the window their starts and ends lie in sum.
    bundle as (
        select
            p.host_name,
            p.device_name,
            p.capture_folder,
            max(p.device_id) as device_id,
            p.ffmpeg_status,
            p.monitor_status,
            p.start_bucket,
            p.end_bucket,
            count(*) as pieces,
            extract(epoch from sum(p.started_after)) as started_after,
            extract(epoch from sum(p.ended_after)) as ended_after
        from piece as p
        group by
            p.host_name,
            p.device_name,
            p.capture_folder,
            p.ffmpeg_status,
            p.monitor_status,
            p.start_bucket,
            p.end_bucket
    ),

    cut as (
        select
            p.host_name,
            p.device_name,
            p.capture_folder,
            p.device_id,
            p.ffmpeg_status,
            p.monitor_status,
            p.pieces,
            at.bucket_start,
            b.bucket_end,
            case
                when p.end_bucket = b.number then p.ended_after
                when p.end_bucket > b.number then p.pieces * b.ends_after
                else p.pieces * b.starts_after
            end
            - case
                when p.start_bucket = b.number then p.started_after
                when p.start_bucket > b.number then p.pieces * b.ends_after
                else p.pieces * b.starts_after
            end as duration
        from bundle as p
        cross join edge as e
        cross join
            lateral unnest(
                e.edges[least(p.start_bucket, p.end_bucket):greatest(p.start_bucket, p.end_bucket)]
            ) with ordinality as at (bucket_start, place)
        cross join
            lateral (
                select
                    least(p.start_bucket, p.end_bucket) + at.place - 1 as number,
                    e.edges[least(p.start_bucket, p.end_bucket) + at.place] as bucket_end,
                    extract(epoch from at.bucket_start - e.report_start) as starts_after,
                    extract(
                        epoch from e.edges[least(p.start_bucket, p.end_bucket) + at.place] - e.report_start
                    ) as ends_after
                from (values (true)) as single (row)
                offset 0 -- worked out once, not once more for each sum
            ) as b
        where at.bucket_start < least(window_end, as_of)
    ),

    -- As in incident.availability: up and down are those of the device, or of ffmpeg when it is asked by component.
    summed as (
        select
            p.bucket_start,
            min(p.bucket_end) as bucket_end,
            p.host_name,
            p.device_name,
            p.capture_folder,
            max(p.device_id) as device_id,
            coalesce(sum(p.duration) filter (
                where p.ffmpeg_status = 'active' and (by = 'component' or p.monitor_status = 'active')
            ), 0) as up,
            coalesce(sum(p.duration) filter (
                where
                p.ffmpeg_status in ('stuck', 'stopped')
                or (by <> 'component' and p.monitor_status in ('stuck', 'stopped'))
            ), 0) as down,
            coalesce(sum(p.duration) filter (
                where by = 'component' and p.monitor_status = 'active'
            ), 0) as monitor_up,
            coalesce(sum(p.duration) filter (
                where by = 'component' and p.monitor_status in ('stuck', 'stopped')
            ), 0) as monitor_down,
            coalesce(sum(p.duration) filter (where p.ffmpeg_status = 'no_data'), 0) as no_data,
            coalesce(sum(p.duration) filter (where p.ffmpeg_status = 'maintenance'), 0) as maintenance,
            sum(p.duration) filter (where p.ffmpeg_status <> 'window') as counted,
            sum(p.duration) filter (where p.ffmpeg_status = 'window') as observed,
            (sum(p.pieces) filter (where p.ffmpeg_status = 'window'))::bigint as devices
        from cut as p
        group by p.bucket_start, p.host_name, p.device_name, p.capture_folder
    ),

    spent as (
        select
            s.*,
            c.component,
            c.component_up,
            c.component_down
        from summed as s
        cross join
            lateral (
                values (null, s.up, s.down, by <> 'component'),
                ('ffmpeg', s.up, s.down, by = 'component'),
                ('monitor', s.monitor_up, s.monitor_down, by = 'component')
            ) as c (component, component_up, component_down, is_asked)
        where c.is_asked
    )

    select
        s.bucket_start,
        s.bucket_end,
        s.host_name,
        s.device_name,
        s.capture_folder,
        s.component,
        rated.availability_percent,
        incident.sla_status(rated.availability_percent) as sla_status,
        s.component_up,
        s.component_down,
        s.counted - s.component_up - s.component_down - s.no_data - s.maintenance as unknown,
        s.no_data,
        s.maintenance,
        s.observed,
        rated.coverage_percent,
        s.devices,
        s.device_id
    from spent as s
    cross join
        lateral (
            select
                incident_engine.percent(
                    s.component_up,
                    s.component_up + s.component_down + case when count_no_data then s.no_data else 0 end
                ) as availability_percent,
                incident_engine.percent(
                    s.observed - s.maintenance - s.no_data, s.observed - s.maintenance
                ) as coverage_percent
            from (values (true)) as single (row)
            offset 0 -- worked out once, not once more for each label
        ) as rated
    where (
        select incident_engine.check_report(
            window_start, window_end, as_of, by, array['device', 'component', 'host', 'fleet']
        )
    )
    and (select cardinality(e.edges) > 0 from edge as e)
    order by s.bucket_start, s.host_name, s.device_name, s.capture_folder, s.component;
end;

comment on function
incident.availability_by(text, text, timestamptz, timestamptz, boolean, text, timestamptz) is
'incident.availability for every hour, day, week (from Monday) or month of a window, by the clocks of a time zone: a day has 23 or '
'25 hours when they change. bucket_start and bucket_end are those of the calendar; only what lies in the window counts, so the '
'buckets add up to the window. The other columns and parameters are those of incident.availability. Errors: 22023.';

revoke all on function
incident.availability_by(text, text, timestamptz, timestamptz, boolean, text, timestamptz) from public;
grant execute on function
incident.availability_by(text, text, timestamptz, timestamptz, boolean, text, timestamptz)
to incident_viewer;
