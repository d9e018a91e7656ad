create or replace function incident_engine.host_states(bases incident_engine.touch[])
returns incident.system_state[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    swept_to constant timestamptz := (select s.swept_to from incident_engine.sweep_state as s);
begin
    return (
        with base as materialized (
            select b.host_name, b.from_time, h.first_seen_at, p.new_device_grace
            from unnest(bases) as b
            join incident.host as h using (host_name)
            cross join lateral incident_engine.effective_policy(b.host_name, null, null, 'system') as p
        ),

        condition as materialized (
            select b.from_time, b.first_seen_at, b.new_device_grace, c.*
            from base as b
            join incident.host_condition as c using (host_name)
            where c.ended_at > b.from_time
        ),

        -- A silence fails from its start, or from the end of an outage of the database in it: from the first of these
        -- moments after which the database was up for as long as a silence must last to count.
        silence as (
            select c.host_name, c.started_at, c.ended_at,
                c.started_at < c.first_seen_at + c.new_device_grace as is_new,
                case when r.since is not null then greatest(c.started_at, r.since) end as retired_at,
                (
                    select min(p.started_at)
                    from (
                        select c.started_at
                        union all
                        select o.ended_at from incident.outage as o
                        where o.ended_at > c.started_at and o.ended_at < c.ended_at
                    ) as p
                    where
                        p.started_at + (c.reached_at - c.started_at)
                        <= case c.ended_at when 'infinity' then swept_to else c.ended_at end
                        and not exists (
                            select from incident.outage as o
                            where
                                o.ended_at > p.started_at
                                and o.started_at < p.started_at + (c.reached_at - c.started_at)
                        )
                ) as failing_at
            from condition as c
            cross join lateral incident_engine.retired_since(
                c.host_name, null, null, c.last_signal_at, c.ended_at
            ) as r (since)
            where c.cause = 'silent'
        ),

        part as (
            select s.host_name, v.status, v.started_at, least(v.ended_at, s.retired_at) as ended_at
            from silence as s
            cross join lateral (
                values
                ('new', case when s.is_new then s.started_at end, s.ended_at),
                ('excused', case when not s.is_new then s.started_at end, coalesce(s.failing_at, s.ended_at)),
                ('silent', case when not s.is_new then s.failing_at end, s.ended_at)
            ) as v (status, started_at, ended_at)
            union all
            select s.host_name, 'retired', s.retired_at, s.ended_at
            from silence as s
            where s.retired_at is not null
        ),

        boundary as (
            select b.host_name, b.from_time as started_at from base as b
            where b.from_time > '-infinity'
            union
            select c.host_name, unnest(array[c.started_at, c.ended_at]) from condition as c
            union
            select p.host_name, p.started_at from part as p
            where p.started_at < p.ended_at
        ),

        state as (
            select e.host_name, e.started_at,
                -- A silence of whatever kind is a state of its own: rows that come late for it must be news.
                coalesce(p.status, case when l.reason is not null then 'over_limit' end, 'reporting') as status,
                case p.status
                    when 'silent' then concat_ws('; ', 'silent', l.reason)
                    else case when p.status is null then l.reason end
                end as reason
            from boundary as e
            join base as b using (host_name)
            left join part as p
                on p.host_name = e.host_name and p.started_at <= e.started_at and p.ended_at > e.started_at
            left join lateral (
                select string_agg(
                    format(
                        '%s %s %s (limit %s)', o.cause, trim_scale(o.value),
                        case o.cause when 'temperature' then '°C' else '%' end, trim_scale(o.limit_value)
                    ),
                    '; ' order by array_position(array['cpu', 'memory', 'disk', 'temperature'], o.cause)
                ) as reason
                from condition as o
                where
                    o.host_name = e.host_name
                    and o.cause <> 'silent'
                    and o.started_at <= e.started_at
                    and o.ended_at > e.started_at
            ) as l on true
            where e.started_at >= b.from_time and e.started_at < 'infinity'
        ),

        changed as (
            select s.*, (s.status, s.reason) is distinct from (lag(s.status) over w, lag(s.reason) over w) as is_change
            from state as s
            window w as (partition by s.host_name order by s.started_at)
        )

        select array_agg((
            n.host_name, n.host_name, 'host', n.started_at, n.ended_at, n.status, n.reason,
            case n.status when 'silent' then 'critical' when 'over_limit' then 'medium' end
        )::incident.system_state)
        from (
            select c.*, lead(c.started_at, 1, 'infinity') over (partition by c.host_name order by c.started_at) as ended_at
            from changed as c
            where c.is_change
        ) as n
    );
end
$$;

comment on function incident_engine.host_states(incident_engine.touch[]) is
'The history of hosts from from_time on, a moment at which they reported (or -infinity), as their conditions, the outages of the '
'database and retirements tell.';

revoke all on function incident_engine.host_states(incident_engine.touch[]) from public;
