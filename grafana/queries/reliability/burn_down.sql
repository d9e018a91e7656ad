-- What is left of the budget at the end of each day, and what would be if it were spent evenly.
with month as (
    select
        s.period_start,
        s.period_end,
        nullif(s.allowed_downtime_seconds, 0) as allowed
    from incident.sla_report(by => 'fleet', period => 'this month', time_zone => '$time_zone') as s
),

day as (
    select
        least(d.bucket_end, now()) as time,
        sum(d.down_seconds + d.no_data_seconds) over (order by d.bucket_start) as lost
    from month as m
    cross join
        lateral incident.availability_by(
            bucket => 'day',
            time_zone => '$time_zone',
            window_start => m.period_start,
            window_end => m.period_end,
            by => 'fleet'
        ) as d
)

select
    m.period_start as time,
    100::double precision as "Left",
    100::double precision as "Spent Evenly"
from month as m
union all
select
    d.time,
    (floor(10 * (100 - 100 * d.lost / m.allowed)) / 10)::double precision as "Left",
    (
        100 - 100 * extract(epoch from d.time - m.period_start) / extract(epoch from m.period_end - m.period_start)
    )::double precision as "Spent Evenly"
from month as m
cross join day as d
order by time
