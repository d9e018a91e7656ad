create or replace function incident_engine.host_overloads(regions incident_engine.touch[], horizon timestamptz)
returns incident.host_condition[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        with region as materialized (
            select r.host_name, r.device_name as cause, r.from_time, r.to_time, l.limit_value, l.samples
            from unnest(regions) as r
            cross join lateral incident_engine.effective_policy(r.host_name, null, null, 'system') as p
            join lateral (
                values
                ('cpu', p.cpu_percent_limit, p.cpu_samples),
                ('memory', p.memory_percent_limit, p.memory_samples),
                ('disk', p.disk_percent_limit, p.disk_samples),
                ('temperature', p.temperature_celsius_limit, p.temperature_samples)
            ) as l (cause, limit_value, samples) on l.cause = r.device_name
        ),

        -- Each row below the limit starts a run, of those at or above it that follow.
        reading as (
            select r.*, m.timestamp, m.value,
                count(*) filter (where m.value < r.limit_value) over (
                    partition by r.host_name, r.cause, r.from_time order by m.timestamp
                ) as run
            from region as r
            join incident_engine.host_reading as m
                on m.host_name = r.host_name
                and m.cause = r.cause
                and m.timestamp >= greatest(r.from_time, incident_engine.first_plausible())
                and m.timestamp <= least(r.to_time, horizon)
        ),

        run as (
            select e.host_name, e.cause, e.limit_value, e.samples,
                count(*) filter (where e.value >= e.limit_value) as reached,
                min(e.timestamp) filter (where e.value >= e.limit_value) as started_at,
                (array_agg(e.value order by e.timestamp) filter (where e.value >= e.limit_value))[1] as value,
                lead(min(e.timestamp), 1, 'infinity') over (
                    partition by e.host_name, e.cause, e.from_time order by e.run
                ) as ended_at
            from reading as e
            group by e.host_name, e.cause, e.from_time, e.limit_value, e.samples, e.run
        )

        select array_agg((
            r.host_name, r.cause, r.started_at, r.ended_at, r.value, r.limit_value, null, null
        )::incident.host_condition)
        from run as r
        where r.reached >= r.samples
    );
end
$$;

comment on function incident_engine.host_overloads(incident_engine.touch[], timestamptz) is
'When hosts were over their limits, as their rows in the regions (cause in device_name) tell: as many rows in a row as policy says '
'at or above the limit, from the first of them to the first one below it.';

revoke all on function incident_engine.host_overloads(incident_engine.touch[], timestamptz) from public;
