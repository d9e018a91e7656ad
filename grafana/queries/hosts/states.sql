-- Time of which nothing else is recorded is time in which a host reported.
with piece as (
    select
        s.host_name,
        s.started_at,
        s.ended_at,
        s.status
    from incident.system_state as s
    where
        s.capture_folder = 'host'
        and s.host_name in ($host)
        and s.started_at <= $__timeTo()::timestamptz
        and s.ended_at > $__timeFrom()::timestamptz
),

edge as (
    select
        p.host_name,
        greatest(p.started_at, $__timeFrom()::timestamptz) as time,
        p.status
    from piece as p
    union all
    select
        h.host_name,
        free.time,
        'reporting' as status
    from incident.host as h
    cross join
        lateral (
            select greatest(h.first_seen_at, $__timeFrom()::timestamptz) as time
            union all
            select p.ended_at
            from piece as p
            where p.host_name = h.host_name
        ) as free
    where
        h.host_name in ($host)
        and free.time <= $__timeTo()::timestamptz
        and not exists (
            select from piece as p
            where p.host_name = h.host_name and p.started_at <= free.time and p.ended_at > free.time
        )
)

select
    e.time,
    e.host_name as host,
    e.status as state
from edge as e
order by host, time
