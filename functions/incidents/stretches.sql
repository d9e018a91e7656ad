create or replace function incident_engine.stretches(
    windows incident_engine.incident_window[], horizon timestamptz default now() + interval '5 minutes'
)
returns incident_engine.stretch[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    -- Samples after the horizon are not looked at yet.
    known_until constant timestamptz := horizon + interval '1 microsecond';
    told incident_engine.stretch[];
begin
    with part as (
        select w.*, p.open_after, p.resolve_after, p.reopen_within
        from unnest(windows) as w
        cross join lateral incident_engine.effective_policy(
            w.host_name, w.device_name, w.capture_folder, w.component
        ) as p
    ),

    decided as (
        select p.host_name, p.device_name, p.capture_folder, p.component, p.from_time, p.to_time,
            p.open_after, p.resolve_after, p.reopen_within,
            c.condition, greatest(c.started_at, p.from_time) as started_at,
            c.condition is distinct from lag(c.condition) over (
                partition by p.host_name, p.device_name, p.capture_folder, p.component, p.from_time order by c.started_at
            ) as begins
        from part as p
        join incident_engine.component_state as c
            on c.host_name = p.host_name
            and c.device_name = p.device_name
            and c.capture_folder = p.capture_folder
            and c.component = p.component
            and c.ended_at > p.from_time
            and c.started_at < p.to_time
        where c.condition <> 'neutral'
    ),

    -- Failing and healthy in turn. Neutral states belong to the run before them.
    run as (
        select d.*,
            lead(d.started_at, 1, d.to_time) over (
                partition by d.host_name, d.device_name, d.capture_folder, d.component, d.from_time order by d.started_at
            ) as ended_at
        from decided as d
        where d.begins
    ),

    cut as (
        select p.host_name, p.device_name, p.capture_folder, p.component, p.from_time, a.acted_at
        from part as p
        join incident_engine.operator_action as a
            on a.host_name = p.host_name
            and a.device_name = p.device_name
            and a.capture_folder = p.capture_folder
            and a.component = p.component
            and a.action = 'cut'
            and a.acted_at >= p.from_time
            and a.acted_at < p.to_time
    ),

    -- A failure starts with a failing run, and again with the first failing sample after an operator's cut.
    beginning as (
        select r.host_name, r.device_name, r.capture_folder, r.component, r.from_time, r.open_after, r.ended_at, r.started_at
        from run as r
        where r.condition = 'failing'
        union
        select r.host_name, r.device_name, r.capture_folder, r.component, r.from_time, r.open_after, r.ended_at,
            incident_engine.first_sample_in(
                r.host_name, r.device_name, r.capture_folder, r.component, 'failing',
                c.acted_at + interval '1 microsecond', least(r.ended_at, known_until)
            )
        from run as r
        join cut as c using (host_name, device_name, capture_folder, component, from_time)
        where r.condition = 'failing' and c.acted_at >= r.started_at and c.acted_at < r.ended_at
    ),

    happening as (
        select b.host_name, b.device_name, b.capture_folder, b.component, b.from_time, b.started_at as happened_at,
            'failure' as what
        from beginning as b
        where
            b.started_at is not null
            and (
                b.open_after = interval '0'
                or incident_engine.first_sample_in(
                    b.host_name, b.device_name, b.capture_folder, b.component, 'failing',
                    b.started_at + b.open_after,
                    least(b.ended_at, known_until, (
                        select min(c.acted_at) + interval '1 microsecond'
                        from cut as c
                        where
                            c.host_name = b.host_name
                            and c.device_name = b.device_name
                            and c.capture_folder = b.capture_folder
                            and c.component = b.component
                            and c.from_time = b.from_time
                            and c.acted_at >= b.started_at
                    ))
                ) is not null
            )
        union all
        select c.host_name, c.device_name, c.capture_folder, c.component, c.from_time, c.acted_at, 'cut'
        from cut as c
        union all
        select r.host_name, r.device_name, r.capture_folder, r.component, r.from_time, r.started_at, 'recovery'
        from run as r
        where
            r.condition = 'healthy'
            and incident_engine.recovers(
                r.host_name, r.device_name, r.capture_folder, r.component, r.started_at,
                least(r.ended_at, known_until), r.resolve_after
            )
    ),

    -- From the first failure after an end up to the next end.
    numbered as (
        select h.*, count(*) filter (where h.what <> 'failure') over (
            partition by h.host_name, h.device_name, h.capture_folder, h.component, h.from_time
            order by h.happened_at, h.what <> 'failure'
            rows between unbounded preceding and 1 preceding
        ) as ends_before
        from happening as h
    ),

    failure as (
        select n.host_name, n.device_name, n.capture_folder, n.component, n.from_time,
            min(n.happened_at) filter (where n.what = 'failure') as started_at,
            coalesce(min(n.happened_at) filter (where n.what <> 'failure'), 'infinity') as ended_at,
            coalesce(bool_or(n.what = 'recovery'), false) as recovered
        from numbered as n
        group by n.host_name, n.device_name, n.capture_folder, n.component, n.from_time, n.ends_before
        having bool_or(n.what = 'failure')
    ),

    -- One that soon follows a recovery is the same again, unless somebody closed the incident in between.
    followed as (
        select f.*, p.reopen_within, lag(f.ended_at) over device as previous_ended_at,
            lag(f.recovered) over device as previous_recovered
        from failure as f
        join part as p using (host_name, device_name, capture_folder, component, from_time)
        window device as (
            partition by f.host_name, f.device_name, f.capture_folder, f.component, f.from_time order by f.started_at
        )
    ),

    chained as (
        select f.*, count(*) filter (where not f.is_the_same) over (
            partition by f.host_name, f.device_name, f.capture_folder, f.component, f.from_time order by f.started_at
        ) as chain
        from (
            select w.*,
                coalesce(
                    w.previous_recovered
                    and w.started_at - w.previous_ended_at < w.reopen_within
                    and not exists (
                        select from incident_engine.operator_action as a
                        where
                            a.host_name = w.host_name
                            and a.device_name = w.device_name
                            and a.capture_folder = w.capture_folder
                            and a.component = w.component
                            and a.action = 'seal'
                            and a.acted_at >= w.previous_ended_at
                            and a.acted_at < w.started_at
                    ),
                    false
                ) as is_the_same
            from followed as w
        ) as f
    ),

    bounded as (
        select c.host_name, c.device_name, c.capture_folder, c.component,
            min(c.started_at) as started_at,
            max(c.ended_at) as ended_at,
            count(*)::integer - 1 as reopen_count,
            max(c.started_at) filter (where c.is_the_same) as reopened_at
        from chained as c
        group by c.host_name, c.device_name, c.capture_folder, c.component, c.from_time, c.chain
    )

    select array_agg((
        b.host_name, b.device_name, b.capture_folder, b.component, b.started_at, b.ended_at,
        f.severity, f.first_severity, f.severity_since, b.reopen_count, b.reopened_at,
        case when b.ended_at = 'infinity' then (
            select max(e.started_at)
            from incident.flapping as e
            where
                e.host_name = b.host_name
                and e.device_name = b.device_name
                and e.capture_folder = b.capture_folder
                and e.component = b.component
                and e.ended_at = 'infinity'
        ) end
    )::incident_engine.stretch)
    into told
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
                from incident_engine.component_state as s
                where
                    s.host_name = b.host_name
                    and s.device_name = b.device_name
                    and s.capture_folder = b.capture_folder
                    and s.component = b.component
                    and s.started_at <= b.started_at
            ), '-infinity')
    ) as f;
    return told;
end
$$;

comment on function incident_engine.stretches(incident_engine.incident_window[], timestamptz) is
'The incidents that the state history and the operators'' actions tell of: from a failure that outlasts open_after up to the next '
'recovery that outlasts resolve_after and any flapping; a failure within reopen_within of the last belongs to the same one. Their '
'severity is the worst state in them. horizon: samples after it are not looked at.';

revoke all on function incident_engine.stretches(incident_engine.incident_window[], timestamptz) from public;
