create or replace function incident_engine.stretches(windows incident_engine.incident_window[])
returns incident_engine.stretch[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        with numbered as (
            select c.*, w.from_time, w.to_time, h.started_at is not null as recovers,
                count(h.started_at) over (
                    partition by c.host_name, c.device_name, c.capture_folder, c.component, w.from_time
                    order by c.started_at
                ) as stretch
            from unnest(windows) as w
            join incident_engine.component_state as c
                on c.host_name = w.host_name
                and c.device_name = w.device_name
                and c.capture_folder = w.capture_folder
                and c.component = w.component
                and c.started_at >= w.from_time
                and c.started_at < w.to_time
            left join incident_engine.recovery as h
                on h.host_name = c.host_name
                and h.device_name = c.device_name
                and h.capture_folder = c.capture_folder
                and h.component = c.component
                and h.started_at = c.started_at
                and c.condition = 'healthy'
        ),

        grouped as (
            select n.host_name, n.device_name, n.capture_folder, n.component,
                min(n.started_at) filter (where n.condition = 'failing') as started_at,
                lead(min(n.started_at) filter (where n.recovers), 1, n.to_time) over (
                    partition by n.host_name, n.device_name, n.capture_folder, n.component, n.from_time order by n.stretch
                ) as ended_at
            from numbered as n
            group by n.host_name, n.device_name, n.capture_folder, n.component, n.from_time, n.to_time, n.stretch
        ),

        -- An operator's cut ends an incident; the next failing sample starts another.
        started as (
            select g.host_name, g.device_name, g.capture_folder, g.component, g.started_at, g.ended_at as recovered_at
            from grouped as g
            where g.started_at is not null
            union
            select g.host_name, g.device_name, g.capture_folder, g.component,
                incident_engine.first_sample_in(
                    g.host_name, g.device_name, g.capture_folder, g.component, 'failing',
                    cut.acted_at + interval '1 microsecond', g.ended_at
                ),
                g.ended_at
            from grouped as g
            join incident_engine.operator_action as cut using (host_name, device_name, capture_folder, component)
            where cut.action = 'cut' and cut.acted_at >= g.started_at and cut.acted_at < g.ended_at
        ),

        bounded as (
            select s.host_name, s.device_name, s.capture_folder, s.component, s.started_at,
                coalesce((
                    select min(cut.acted_at)
                    from incident_engine.operator_action as cut
                    where
                        cut.host_name = s.host_name
                        and cut.device_name = s.device_name
                        and cut.capture_folder = s.capture_folder
                        and cut.component = s.component
                        and cut.action = 'cut'
                        and cut.acted_at >= s.started_at
                        and cut.acted_at < s.recovered_at
                ), s.recovered_at) as ended_at
            from started as s
            where s.started_at is not null
        )

        select array_agg((
            b.host_name, b.device_name, b.capture_folder, b.component, b.started_at, b.ended_at,
            f.severity, f.first_severity, f.severity_since
        )::incident_engine.stretch)
        from bounded as b
        cross join lateral (
            select
                (array_agg(c.severity order by c.severity, c.started_at))[1] as severity,
                (array_agg(c.severity order by c.started_at))[1] as first_severity,
                greatest((array_agg(c.started_at order by c.severity, c.started_at))[1], b.started_at) as severity_since
            from incident_engine.component_state as c
            where
                c.host_name = b.host_name
                and c.device_name = b.device_name
                and c.capture_folder = b.capture_folder
                and c.component = b.component
                and c.condition = 'failing'
                and c.ended_at > b.started_at
                and c.started_at <= b.ended_at
                and c.started_at >= coalesce((
                    select max(s.started_at)
                    from incident.device_state as s
                    where
                        s.host_name = b.host_name
                        and s.device_name = b.device_name
                        and s.capture_folder = b.capture_folder
                        and s.started_at <= b.started_at
                ), '-infinity')
        ) as f
    );
end
$$;

comment on function incident_engine.stretches(incident_engine.incident_window[]) is
'The incidents that the state history and the operators'' actions tell of: maximal stretches that start failing and hold no '
'recovery. Their severity is the worst state in them.';

revoke all on function incident_engine.stretches(incident_engine.incident_window[]) from public;
