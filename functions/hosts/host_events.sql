create or replace function incident_engine.host_events(bases incident_engine.touch[])
returns table (host_name text, at timestamptz, kind text, value text, place integer)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set jit = off
-- What is joined here has no statistics; tables are looked up laterally, by their keys.
set enable_nestloop = off
set enable_hashjoin = on
as $$
#variable_conflict use_column
declare
    swept_to constant timestamptz := (select s.swept_to from incident_engine.sweep_state as s);
    causes constant text[] := array['cpu', 'memory', 'disk', 'temperature', 'clock'];
begin
    return query
    with base as materialized (
        select b.host_name, b.from_time, b.to_time, h.first_seen_at + p.new_device_grace as new_until
        from unnest(bases) as b
        cross join lateral (select k.first_seen_at from incident.host as k where k.host_name = b.host_name offset 0) as h
        cross join lateral incident_engine.effective_policy(b.host_name, null, null, 'system') as p
    ),

    condition as materialized (
        select b.new_until, b.to_time, c.*
        from base as b
        cross join unnest(causes || array['silent']) as k (cause)
        cross join lateral (
            select s.*
            from incident.host_condition as s
            where
                s.host_name = b.host_name
                and s.cause = k.cause
                and s.started_at < b.to_time
                and s.ended_at > b.from_time
                and s.started_at >= coalesce((
                    select max(n.started_at)
                    from incident.host_condition as n
                    where n.host_name = b.host_name and n.cause = k.cause and n.started_at <= b.from_time
                ), '-infinity')
            offset 0
        ) as c
    ),

    -- A silence is the host's as far as the database could have heard it.
    silence as (
        select c.host_name, c.started_at, c.ended_at, c.to_time, c.started_at < c.new_until as is_new,
            incident_engine.retired_since(c.host_name, null, null, c.last_signal_at, c.ended_at) as retired_at,
            incident_engine.first_reachable(
                tstzrange(c.started_at, case c.ended_at when 'infinity' then swept_to else c.ended_at end, '[]'),
                coalesce(o.spans, '{}'), c.reached_at - c.started_at
            ) as failing_at
        from condition as c
        cross join lateral (
            select range_agg(tstzrange(u.started_at, u.ended_at, '()')) as spans
            from incident.outage as u
            where u.ended_at > c.started_at and u.started_at < c.ended_at
        ) as o
        where c.cause = 'silent'
    ),

    part as (
        select s.host_name, p.*, s.to_time
        from silence as s
        cross join lateral incident_engine.silence_parts(
            tstzrange(s.started_at, s.ended_at), s.is_new, s.failing_at, s.retired_at
        ) as p
    ),

    span as (
        select p.host_name, p.started_at, p.ended_at, p.to_time, 'silence' as kind, p.status as value, null::integer as place
        from part as p
        union all
        select c.host_name, c.started_at, c.ended_at, c.to_time, 'limit',
            incident_engine.condition_text(c.cause, c.value, c.limit_value), array_position(causes, c.cause)
        from condition as c
        where c.cause <> 'silent'
    )

    select s.host_name, s.started_at, s.kind, s.value, s.place from span as s
    union all
    select s.host_name, s.ended_at, s.kind, null, s.place from span as s
    where s.ended_at <= s.to_time and s.ended_at < 'infinity'
    union all
    select b.host_name, b.from_time, 'start', null, null from base as b
    where b.from_time > '-infinity'
    union all
    select b.host_name, b.to_time, 'end', null, null from base as b;
end
$$;

comment on function incident_engine.host_events(incident_engine.touch[]) is
'What happens to hosts from from_time to to_time: a silence of some kind, or a limit that is reached (value: which, in words; '
'place: which one among the reasons), begins, or ends (value null). start and end are those of the time asked for.';

revoke all on function incident_engine.host_events(incident_engine.touch[]) from public;
