create or replace function incident_engine.maintenance_occurrences(
    series incident.recurring_maintenance, from_date date, before_date date
)
returns table (period tstzrange)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with parts as (
        select
            make_interval(
                months => (extract(year from series.duration) * 12 + extract(month from series.duration))::integer,
                days => extract(day from series.duration)::integer
            ) as calendar_part
    ),

    start as (
        select
            day::date + series.starts_at_local as local_start,
            p.calendar_part,
            series.duration - p.calendar_part as time_part
        from parts as p
        cross join
            generate_series(
                greatest(from_date, series.valid_from)::timestamp,
                least(before_date - 1, series.valid_until)::timestamp,
                interval '1 day'
            ) as day
        where trim(to_char(day, 'day')) = any(series.weekdays)
    ),

    span as (
        select
            incident_engine.local_moment(s.local_start, series.time_zone) as starts_at,
            incident_engine.local_moment(s.local_start + s.calendar_part, series.time_zone) + s.time_part as ends_at
        from start as s
    )

    select tstzrange(s.starts_at, s.ends_at) as period
    from span as s
    where coalesce(s.starts_at < series.ended_at, true) and s.starts_at < s.ends_at
    order by s.starts_at;
end;

comment on function incident_engine.maintenance_occurrences(incident.recurring_maintenance, date, date) is
'When a recurring maintenance takes place: all that starts from a local date on and before another.';

revoke all on function incident_engine.maintenance_occurrences(incident.recurring_maintenance, date, date) from public;
