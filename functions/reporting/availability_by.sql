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
    device_id text,
    outage_seconds numeric
)
language sql
stable
rows 10000
begin atomic
    select
        s.place_start as bucket_start,
        s.place_end as bucket_end,
        s.host_name,
        s.device_name,
        s.capture_folder,
        s.component,
        rated.availability_percent,
        incident_engine.sla_status(rated.availability_percent, promised.target_percent) as sla_status,
        s.up as up_seconds,
        s.down as down_seconds,
        s.lived - s.up - s.down - s.no_data - s.maintenance as unknown_seconds,
        s.no_data as no_data_seconds,
        s.maintenance as maintenance_seconds,
        s.lived as window_seconds,
        rated.coverage_percent,
        s.devices,
        s.device_id,
        s.outage as outage_seconds
    from incident_engine.spent_by_place(
            incident_engine.bucket_edges(bucket, time_zone, window_start, window_end, as_of),
            window_start, window_end, as_of, by
        ) as s
    cross join
        lateral (
            select
                incident_engine.percent(
                    s.up, s.up + s.down + case when count_no_data then s.no_data else 0 end
                ) as availability_percent,
                incident_engine.percent(s.up + s.down, s.lived - s.maintenance) as coverage_percent
            from (values (true)) as single (row)
            offset 0 -- worked out once, not once more for each label
        ) as rated
    cross join
        lateral incident_engine.sla_target(
            s.host_name, s.device_name, s.capture_folder, s.component
        ) as promised
    where (
        select incident_engine.check_report(
            window_start, window_end, as_of, by, array['device', 'component', 'host', 'fleet']
        )
    )
    order by bucket_start, s.host_name, s.device_name, s.capture_folder, s.component;
end;

comment on function
incident.availability_by(text, text, timestamptz, timestamptz, boolean, text, timestamptz) is
'incident.availability for every hour, day, week (from Monday), month or year of a window, by the clocks of a time zone: a day has 23 or '
'25 hours when they change. bucket_start and bucket_end are those of the calendar; only what lies in the window counts, so the '
'buckets add up to the window. The other columns and parameters are those of incident.availability. Errors: 22023.';

revoke all on function
incident.availability_by(text, text, timestamptz, timestamptz, boolean, text, timestamptz) from public;
grant execute on function
incident.availability_by(text, text, timestamptz, timestamptz, boolean, text, timestamptz)
to incident_viewer;
