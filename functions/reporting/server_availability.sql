create or replace function incident.server_availability(
    bucket text default 'day',
    time_zone text default 'UTC',
    window_start timestamptz default now() - interval '7 days',
    window_end timestamptz default now(),
    as_of timestamptz default now()
)
returns table (
    bucket_start timestamptz,
    bucket_end timestamptz,
    host_name text,
    availability_percent numeric,
    sla_status text,
    up_seconds numeric,
    down_seconds numeric,
    unknown_seconds numeric,
    maintenance_seconds numeric,
    outage_seconds numeric,
    window_seconds numeric
)
language sql
stable
rows 1000
set search_path = pg_catalog, pg_temp
begin atomic
    with bound as (
        select b.edges
        from (select incident_engine.bucket_edges(bucket, time_zone, window_start, window_end, as_of) as edges) as b
        where (select incident_engine.check_report(window_start, window_end, as_of))
    ),

    bucket as (
        select
            e.starts_at,
            e.ends_at,
            tstzrange(greatest(e.starts_at, window_start), least(e.ends_at, window_end, as_of)) as span
        from (
            select bound.edges[n] as starts_at, bound.edges[n + 1] as ends_at
            from bound
            cross join generate_subscripts(bound.edges, 1) as n
        ) as e
        where greatest(e.starts_at, window_start) < least(e.ends_at, window_end, as_of)
    ),

    -- Nothing is written down of a server until something is wrong with it for the first time.
    state as (
        select s.host_name, s.status, s.started_at, s.ended_at
        from incident.system_state as s
        where s.device_name = s.host_name and s.capture_folder = 'host'
        union all
        select
            h.host_name,
            'reporting',
            h.first_seen_at,
            coalesce((
                select min(s.started_at)
                from incident.system_state as s
                where s.host_name = h.host_name and s.device_name = h.host_name and s.capture_folder = 'host'
            ), 'infinity')
        from incident.host as h
    ),

    piece as (
        select
            b.starts_at,
            b.ends_at,
            s.host_name,
            case
                when s.status in ('reporting', 'over_limit') then 'up'
                when s.status = 'silent' then 'down'
                when s.status = 'unreachable' then 'outage'
                else 'unknown'
            end as condition,
            tstzmultirange(tstzrange(s.started_at, s.ended_at) * b.span) as whole,
            tstzmultirange(tstzrange(s.started_at, s.ended_at) * b.span) - coalesce(m.spans, '{}') as counted
        from bucket as b
        join state as s on s.started_at < upper(b.span) and s.ended_at > lower(b.span)
        left join incident_engine.maintenance_span(window_start, window_end) as m
            on s.host_name = m.host_name and s.host_name = m.device_name and m.capture_folder = 'host'
        where s.status not in ('new', 'retired') and s.started_at < s.ended_at
    ),

    spent as (
        select
            p.starts_at,
            p.ends_at,
            p.host_name,
            coalesce(sum(p.seconds) filter (where p.condition = 'up'), 0) as up,
            coalesce(sum(p.seconds) filter (where p.condition = 'down'), 0) as down,
            coalesce(sum(p.seconds) filter (where p.condition = 'unknown'), 0) as unknown,
            coalesce(sum(p.seconds) filter (where p.condition = 'outage'), 0) as outage,
            sum(p.whole_seconds) as lived
        from (
            select
                q.*,
                extract(epoch from incident_engine.time_in(q.counted)) as seconds,
                extract(epoch from incident_engine.time_in(q.whole)) as whole_seconds
            from piece as q
        ) as p
        group by p.starts_at, p.ends_at, p.host_name
    )

    select
        s.starts_at as bucket_start,
        s.ends_at as bucket_end,
        s.host_name,
        rated.availability_percent,
        incident_engine.sla_status(rated.availability_percent, promised.target_percent) as sla_status,
        s.up as up_seconds,
        s.down as down_seconds,
        s.unknown as unknown_seconds,
        s.lived - s.up - s.down - s.unknown - s.outage as maintenance_seconds,
        s.outage as outage_seconds,
        s.lived as window_seconds
    from spent as s
    cross join lateral (select incident_engine.percent(s.up, s.up + s.down) as availability_percent) as rated
    left join lateral incident_engine.sla_target(s.host_name, s.host_name, 'host', 'system') as promised on true
    order by s.starts_at, s.host_name;
end;

comment on function incident.server_availability(text, text, timestamptz, timestamptz, timestamptz) is
'Availability of the servers themselves, whatever their devices did: by hour, day, week, month or year (bucket) of a time zone, by default '
'each day of the last week. A server is up while it or one of its devices reports, over its limits too, and down while it is silent; '
'availability is up / (up + down). Maintenance goes first; time in which the database was away (outage_seconds) is nobody''s. up + down + '
'unknown + maintenance + outage = window_seconds, the part of the bucket that it lived. Silence is known as far as the sweep has looked. '
'Errors: 22023.';

revoke all on function incident.server_availability(text, text, timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident.server_availability(text, text, timestamptz, timestamptz, timestamptz)
to incident_viewer;
