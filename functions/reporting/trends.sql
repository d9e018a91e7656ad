create or replace function incident.trends(
    weeks integer default 8,
    time_zone text default 'UTC',
    as_of timestamptz default now()
)
returns table (
    week_start date,
    is_complete boolean,
    availability_percent numeric,
    availability_change numeric,
    incidents bigint,
    incidents_change bigint,
    mtta_seconds numeric,
    mtta_change numeric,
    mttr_seconds numeric,
    mttr_change numeric,
    still_open bigint,
    failures bigint,
    failures_change bigint,
    mtbf_seconds numeric,
    mtbf_change numeric
)
language plpgsql
stable
security definer
rows 8
set search_path = pg_catalog, pg_temp
-- Plans that know the times: most of what is known is older.
set plan_cache_mode = force_custom_plan
set jit = off
as $$
declare
    from_time timestamptz;
begin
    perform incident_engine.check_count(weeks, 'weeks');
    perform incident_engine.check_time_zone(time_zone);
    from_time := (date_trunc('week', as_of at time zone time_zone) - weeks * interval '1 week') at time zone time_zone;

    return query
    with available as (
        select a.*, (a.bucket_start at time zone time_zone)::date as week
        from incident.availability_by(
                'week', time_zone, from_time, as_of + interval '1 microsecond', true, 'fleet', as_of
            ) as a
    ),

    reported as (
        select
            i.week,
            count(*) as incidents,
            incident_engine.round_down(
                extract(epoch from sum(i.time_to_acknowledge)) / nullif(count(i.time_to_acknowledge), 0), 6
            ) as mtta,
            incident_engine.round_down(
                extract(epoch from sum(i.time_to_resolve)) / nullif(count(i.time_to_resolve), 0), 6
            ) as mttr,
            count(*) filter (where i.resolved_at is null) as still_open
        from (
            select found.*, date_trunc('week', found.counts_from at time zone time_zone)::date as week
            from incident_engine.detected_incident(from_time, as_of, as_of) as found
        ) as i
        group by i.week
    ),

    failed as (
        select f.week, count(*) as failures
        from (
            select date_trunc('week', lower(found.counted) at time zone time_zone)::date as week
            from incident_engine.failure_piece(from_time, as_of, as_of, 'fleet') as found
            where lower(found.counted) >= from_time
        ) as f
        group by f.week
    ),

    weekly as (
        select
            a.week,
            a.bucket_end <= as_of as is_complete,
            a.availability_percent,
            coalesce(i.incidents, 0) as incidents,
            i.mtta,
            i.mttr,
            coalesce(i.still_open, 0) as still_open,
            coalesce(f.failures, 0) as failures,
            incident_engine.round_down(a.up_seconds / nullif(f.failures, 0), 6) as mtbf
        from available as a
        left join reported as i on a.week = i.week
        left join failed as f on a.week = f.week
    )

    select
        w.week,
        w.is_complete,
        w.availability_percent,
        w.availability_percent - lag(w.availability_percent) over earlier as availability_change,
        w.incidents,
        case when w.is_complete then w.incidents - lag(w.incidents) over earlier end as incidents_change,
        w.mtta,
        w.mtta - lag(w.mtta) over earlier as mtta_change,
        w.mttr,
        w.mttr - lag(w.mttr) over earlier as mttr_change,
        w.still_open,
        w.failures,
        case when w.is_complete then w.failures - lag(w.failures) over earlier end as failures_change,
        w.mtbf,
        w.mtbf - lag(w.mtbf) over earlier as mtbf_change
    from weekly as w
    window earlier as (order by w.week)
    order by w.week;
end
$$;

comment on function incident.trends(integer, text, timestamptz) is
'Does it get better? The fleet week over week: the present week and the 8 (weeks) before it, from Monday, by the clocks of time_zone. '
'Each number as incident.availability_by, response_times and mtbf have it, with its change from the week before: percentage points, '
'counts, seconds. The present week is not over (is_complete is false): its counts are not compared. Incidents and failures belong '
'to the week in which they began. Errors: 22023.';

revoke all on function incident.trends(integer, text, timestamptz) from public;
grant execute on function incident.trends(integer, text, timestamptz) to incident_viewer;
