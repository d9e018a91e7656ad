create or replace function incident.recurring(
    window_start timestamptz default now() - interval '30 days',
    window_end timestamptz default now(),
    time_zone text default 'UTC',
    at_least integer default 2,
    as_of timestamptz default now()
)
returns table (
    kind text,
    what text,
    incidents bigint,
    share_percent numeric,
    times_usual numeric,
    days bigint,
    devices bigint,
    down_seconds numeric,
    still_open bigint,
    last_detected_at timestamptz
)
language plpgsql
stable
security definer
rows 100
set search_path = pg_catalog, pg_temp
-- Plans that know the times: most of what is known is older.
set plan_cache_mode = force_custom_plan
set jit = off
set work_mem = '32MB' -- the incidents of a year in memory, or it takes more than 12 times as long as a month
as $$
#variable_conflict use_column
begin
    perform incident_engine.check_report(recurring.window_start, recurring.window_end, recurring.as_of);
    perform incident_engine.check_count(recurring.at_least, 'at_least');
    perform incident_engine.check_time_zone(recurring.time_zone);
    return query
    with known as materialized (
        select
            i.component,
            to_char(i.local_time, 'HH24":00"') as hour,
            nullif(btrim(i.root_cause), '') as root_cause,
            i.host_name || ', ' || i.device_name || ' (' || i.capture_folder || ')' as device,
            i.local_time::date as day,
            i.counted * tstzmultirange(tstzrange(recurring.window_start, recurring.window_end)) as counted,
            i.resolved_at,
            i.counts_from
        from (
            select
                found.*,
                found.counts_from at time zone recurring.time_zone as local_time
            from incident_engine.detected_incident(recurring.window_start, recurring.window_end, recurring.as_of) as found
            offset 0 -- worked out once, not once more for each use
        ) as i
    ),

    parted as (
        select
            k.*,
            p.kind,
            p.what
        from known as k
        cross join
            lateral (
                values ('device', k.device), ('component', k.component), ('hour', k.hour), ('root cause', k.root_cause)
            ) as p (kind, what)
        where p.what is not null
    ),

    -- Counted by day and by device first: that needs no sorting.
    counted as (
        select
            g.kind,
            g.what,
            (sum(g.incidents) filter (where g.is_day))::bigint as incidents,
            count(*) filter (where g.is_day) as days,
            count(*) filter (where not g.is_day) as devices,
            (sum(g.still_open) filter (where g.is_day))::bigint as still_open,
            max(g.last_detected_at) as last_detected_at
        from (
            select
                p.kind,
                p.what,
                grouping(p.day) = 0 as is_day,
                count(*) as incidents,
                count(*) filter (where p.resolved_at is null) as still_open,
                max(p.counts_from) as last_detected_at
            from parted as p
            group by grouping sets ((p.kind, p.what, p.day), (p.kind, p.what, p.device))
        ) as g
        group by g.kind, g.what
    ),

    -- However many are down at once, time passes once.
    down as (
        select
            p.kind,
            p.what,
            extract(epoch from incident_engine.time_in(range_agg(p.counted))) as down_seconds
        from parted as p
        group by p.kind, p.what
    ),

    compared as (
        select
            c.*,
            sum(c.incidents) over (partition by c.kind) as of_kind,
            case c.kind when 'hour' then 24 else count(*) over (partition by c.kind) end as kinds
        from counted as c
    )

    select
        c.kind,
        c.what,
        c.incidents,
        incident_engine.percent(c.incidents, (select count(*) from known)) as share_percent,
        incident_engine.round_down(c.incidents * c.kinds / c.of_kind, 1) as times_usual,
        c.days,
        c.devices,
        d.down_seconds,
        c.still_open,
        c.last_detected_at
    from compared as c
    join down as d on c.kind = d.kind and c.what = d.what
    where c.incidents >= recurring.at_least
    order by
        case c.kind when 'device' then 1 when 'component' then 2 when 'hour' then 3 else 4 end,
        c.incidents desc,
        c.what asc;
end
$$;

comment on function incident.recurring(timestamptz, timestamptz, text, integer, timestamptz) is
'What keeps coming back? Devices, components, hours of the day (by the clocks of time_zone) and root causes with at_least (default 2) '
'incidents detected in a window, by default the last 30 days; most first within each kind. share_percent: of all incidents of the '
'window. times_usual: how many times as many as the average of its kind has (of the devices, components and root causes that have '
'any, of all 24 hours). days: on how many different dates. down_seconds: time of the window in which at least one of them lasted, '
'without maintenance; what overlaps counts once. Retracted incidents, and those wholly in maintenance, are left out. Errors: 22023.';

revoke all on function incident.recurring(timestamptz, timestamptz, text, integer, timestamptz) from public;
grant execute on function incident.recurring(timestamptz, timestamptz, text, integer, timestamptz) to incident_viewer;
