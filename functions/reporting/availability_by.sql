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
        select incident_engine.bucket_edges(bucket, time_zone, window_start, window_end, as_of) as edges
    ),

    -- Each piece once for every bucket that it touches.
    touched as (
        select
            p.*,
            e.edges,
            width_bucket(p.started_at, e.edges) as first_bucket,
            width_bucket(p.ended_at - interval '1 microsecond', e.edges) as last_bucket
        from incident_engine.condition_piece(window_start, window_end, as_of, by) as p
        cross join edge as e
    ),

    piece as (
        select
            t.*,
            unnest(t.edges[t.first_bucket:t.last_bucket]) as bucket_start,
            unnest(t.edges[t.first_bucket + 1:t.last_bucket + 1]) as bucket_end
        from touched as t
    ),

    cut as (
        select
            p.bucket_start,
            p.bucket_end,
            p.host_name,
            p.device_name,
            p.capture_folder,
            p.component,
            p.condition,
            least(p.ended_at, p.bucket_end) - greatest(p.started_at, p.bucket_start) as duration
        from piece as p
    ),

    spent as (
        select
            p.bucket_start,
            min(p.bucket_end) as bucket_end,
            p.host_name,
            p.device_name,
            p.capture_folder,
            p.component,
            extract(epoch from sum(p.duration) filter (where p.condition = 'up')) as up,
            extract(epoch from sum(p.duration) filter (where p.condition = 'down')) as down,
            extract(epoch from sum(p.duration) filter (where p.condition = 'unknown')) as unknown,
            extract(epoch from sum(p.duration) filter (where p.condition = 'no_data')) as no_data,
            extract(epoch from sum(p.duration) filter (where p.condition = 'maintenance')) as maintenance
        from cut as p
        group by p.bucket_start, p.host_name, p.device_name, p.capture_folder, p.component
    ),

    -- The window of a device is counted apart from the pieces: where the history is sound, they add up to it.
    measured as (
        select
            s.bucket_start,
            s.bucket_end,
            scope.host_name,
            scope.device_name,
            scope.capture_folder,
            s.component,
            coalesce(sum(s.up), 0) as up,
            coalesce(sum(s.down), 0) as down,
            coalesce(sum(s.unknown), 0) as unknown,
            coalesce(sum(s.no_data), 0) as no_data,
            coalesce(sum(s.maintenance), 0) as maintenance,
            sum(extract(
                epoch from
                least(s.bucket_end, window_end, as_of) - greatest(s.bucket_start, window_start, d.first_sample_at)
            )) as observed,
            count(*) as devices,
            scope.device_id
        from spent as s
        join incident.device as d
            on
            s.host_name = d.host_name
            and s.device_name = d.device_name
            and s.capture_folder = d.capture_folder
        cross join
            lateral (
                select
                    case when by <> 'fleet' then s.host_name end as host_name,
                    case when by in ('device', 'component') then s.device_name end as device_name,
                    case when by in ('device', 'component') then s.capture_folder end as capture_folder,
                    case when by in ('device', 'component') then d.device_id end as device_id
            ) as scope
        group by
            s.bucket_start, s.bucket_end, scope.host_name, scope.device_name, scope.capture_folder, scope.device_id,
            s.component
    ),

    rated as (
        select
            m.*,
            incident_engine.percent(
                m.up, m.up + m.down + case when count_no_data then m.no_data else 0 end
            ) as availability
        from measured as m
    )

    select
        r.bucket_start,
        r.bucket_end,
        r.host_name,
        r.device_name,
        r.capture_folder,
        r.component,
        r.availability,
        incident.sla_status(r.availability) as sla_status,
        r.up,
        r.down,
        r.unknown,
        r.no_data,
        r.maintenance,
        r.observed,
        incident_engine.percent(
            r.observed - r.maintenance - r.no_data, r.observed - r.maintenance
        ) as coverage_percent,
        r.devices,
        r.device_id
    from rated as r
    where (
        select incident_engine.check_report(
            window_start, window_end, as_of, by, array['device', 'component', 'host', 'fleet']
        )
    )
    and (select cardinality(e.edges) > 0 from edge as e)
    order by r.bucket_start, r.host_name, r.device_name, r.capture_folder, r.component;
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
