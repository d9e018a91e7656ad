create or replace function incident_engine.overload_regions(spans incident_engine.touch[], horizon timestamptz)
returns incident_engine.touch[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        with span as (
            select s.host_name, s.from_time, s.to_time, l.cause, l.limit_value
            from unnest(spans) as s
            cross join lateral incident_engine.effective_policy(s.host_name, null, null, 'system') as p
            cross join lateral (
                values
                ('cpu', p.cpu_percent_limit),
                ('memory', p.memory_percent_limit),
                ('disk', p.disk_percent_limit),
                ('temperature', p.temperature_celsius_limit)
            ) as l (cause, limit_value)
            where
                s.to_time = 'infinity'
                or exists (
                    select
                    from incident_engine.host_reading as r
                    where
                        r.host_name = s.host_name
                        and r.timestamp between s.from_time and s.to_time
                        and r.cause = l.cause
                )
        ),

        reach as (
            select s.host_name, s.cause, tstzrange(
                (
                    select r.timestamp
                    from incident_engine.host_reading as r
                    where
                        r.host_name = s.host_name
                        and r.cause = s.cause
                        and r.timestamp < s.from_time
                        and r.timestamp >= incident_engine.first_plausible()
                        and r.value < s.limit_value
                    order by r.timestamp desc
                    limit 1
                ),
                (
                    select r.timestamp
                    from incident_engine.host_reading as r
                    where
                        r.host_name = s.host_name
                        and r.cause = s.cause
                        and r.timestamp > s.to_time
                        and r.timestamp <= horizon
                        and r.value < s.limit_value
                    order by r.timestamp
                    limit 1
                )
            ) as span
            from span as s
        )

        select array_agg((
            m.host_name, m.cause, '', coalesce(lower(m.span), '-infinity'), coalesce(upper(m.span), 'infinity')
        )::incident_engine.touch)
        from (
            select r.host_name, r.cause, unnest(range_agg(r.span)) as span
            from reach as r
            group by r.host_name, r.cause
        ) as m
    );
end
$$;

comment on function incident_engine.overload_regions(incident_engine.touch[], timestamptz) is
'What the rows of hosts in the spans can have changed, for each cause (device_name): from the last row below the limit before '
'them to the first one after them.';

revoke all on function incident_engine.overload_regions(incident_engine.touch[], timestamptz) from public;
