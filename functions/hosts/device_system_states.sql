create or replace function incident_engine.device_system_states(bases incident_engine.touch[])
returns incident.system_state[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set jit = off
-- What is joined here has no statistics; tables are looked up laterally, by their keys.
set enable_nestloop = off
set enable_hashjoin = on
as $$
declare
    swept_to constant timestamptz := (select s.swept_to from incident_engine.sweep_state as s);
begin
    return (
        with base as materialized (
            select b.host_name, b.device_name, b.capture_folder, b.from_time, b.to_time, (p.policy).sample_interval,
                (p.policy).no_data_after, (p.policy).no_data_after - (p.policy).sample_interval as takes,
                d.first_sample_at + (e.policy).new_device_grace as new_until, (e.policy).unknown_after
            from unnest(bases) as b
            join incident_engine.effective_policies(bases, array[null]::text[]) as p
                using (host_name, device_name, capture_folder)
            join incident_engine.effective_policies(bases, array['system']) as e
                using (host_name, device_name, capture_folder)
            cross join lateral (
                select k.first_sample_at
                from incident.device as k
                where
                    k.host_name = b.host_name
                    and k.device_name = b.device_name
                    and k.capture_folder = b.capture_folder
                offset 0
            ) as d
        ),

        heard as materialized (
            select h.host_name, h.last_signal_at
            from incident_engine.last_signals(array(select distinct b.host_name from unnest(bases) as b)) as h
        ),

        -- A silence that ended after the last round is judged as if it lasted: nobody knows yet whether the host was heard.
        silence as (
            select b.*, s.started_at, s.ended_at, case when s.ended_at <= swept_to then s.ended_at end as known_to
            from base as b
            cross join lateral (
                select e.started_at, e.ended_at
                from incident.device_state as e
                where
                    e.host_name = b.host_name
                    and e.device_name = b.device_name
                    and e.capture_folder = b.capture_folder
                    and e.ffmpeg_status = 'no_data'
                    and e.started_at >= b.from_time
                    and e.started_at < b.to_time
                offset 0
            ) as s
        ),

        -- It fails from its start, or from a return of its host in it.
        judged as (
            select s.host_name, s.device_name, s.capture_folder, s.started_at, s.ended_at,
                s.started_at < s.new_until as is_new,
                incident_engine.retired_since(
                    s.host_name, s.device_name, s.capture_folder, s.started_at - s.sample_interval, s.ended_at
                ) as retired_at,
                incident_engine.first_reachable(
                    case when s.started_at <= coalesce(s.known_to, h.last_signal_at)
                        then tstzrange(s.started_at, coalesce(s.known_to, h.last_signal_at), '[]')
                        else 'empty'
                    end,
                    coalesce(u.spans, '{}'), s.takes
                ) as failing_at
            from silence as s
            join heard as h using (host_name)
            cross join lateral (
                select range_agg(tstzrange(
                    case k.cause when 'silent' then c.last_signal_at else c.started_at - s.no_data_after end,
                    c.ended_at, '()'
                )) as spans
                from unnest(array['silent', 'clock']) as k (cause)
                join incident.host_condition as c
                    on c.host_name = s.host_name
                    and c.cause = k.cause
                    and c.started_at < s.ended_at
                    and c.ended_at > s.started_at
                    and c.started_at >= coalesce((
                        select max(n.started_at)
                        from incident.host_condition as n
                        where n.host_name = s.host_name and n.cause = k.cause and n.started_at <= s.started_at
                    ), '-infinity')
            ) as u
        ),

        part as (
            select j.host_name, j.device_name, j.capture_folder, p.*
            from judged as j
            cross join lateral incident_engine.silence_parts(
                tstzrange(j.started_at, j.ended_at), j.is_new, j.failing_at, j.retired_at
            ) as p
        ),

        -- Nobody could tell how ffmpeg or monitor was, for longer than policy bears.
        unknown as (
            select u.host_name, u.device_name, u.capture_folder, 'unknown' as status,
                lower(u.span) as started_at, upper(u.span) as ended_at
            from (
                select b.host_name, b.device_name, b.capture_folder, b.unknown_after,
                    unnest(range_agg(tstzrange(r.started_at, r.ended_at))) as span
                from base as b
                cross join lateral (
                    select e.started_at, e.ended_at
                    from incident.device_state as e
                    where
                        e.host_name = b.host_name
                        and e.device_name = b.device_name
                        and e.capture_folder = b.capture_folder
                        and 'unknown' in (e.ffmpeg_status, e.monitor_status)
                        and e.started_at >= b.from_time
                        and e.started_at < b.to_time
                    offset 0
                ) as r
                group by b.host_name, b.device_name, b.capture_folder, b.unknown_after
            ) as u
            where incident_engine.is_silence(lower(u.span), upper(u.span), u.unknown_after, swept_to)
        ),

        told as (
            select p.* from part as p
            union all
            select u.* from unknown as u
        ),

        -- What is left, from the first silence on.
        reporting as (
            select b.host_name, b.device_name, b.capture_folder,
                tstzmultirange(tstzrange(coalesce(nullif(b.from_time, '-infinity'), lower(p.spans)), b.to_time))
                - coalesce(p.spans, '{}') as spans
            from base as b
            left join (
                select t.host_name, t.device_name, t.capture_folder,
                    range_agg(tstzrange(t.started_at, t.ended_at)) as spans
                from told as t
                group by t.host_name, t.device_name, t.capture_folder
            ) as p using (host_name, device_name, capture_folder)
            where b.from_time > '-infinity' or p.spans is not null
        )

        select array_agg((
            p.host_name, p.device_name, p.capture_folder, p.started_at, p.ended_at, p.status,
            case p.status
                when 'silent' then 'silent'
                when 'unknown' then format('unknown since %s UTC', to_char(p.started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'))
            end,
            case p.status when 'silent' then 'high' when 'unknown' then 'medium' end
        )::incident.system_state)
        from (
            select t.* from told as t
            union all
            select r.host_name, r.device_name, r.capture_folder, 'reporting', lower(span), upper(span)
            from reporting as r
            cross join lateral unnest(r.spans) as span
        ) as p (host_name, device_name, capture_folder, status, started_at, ended_at)
    );
end
$$;

comment on function incident_engine.device_system_states(incident_engine.touch[]) is
'The history of the component system of devices from from_time, a moment at which they reported (or -infinity), to to_time: their '
'silences are their own as far as their host was heard, and the host''s otherwise; what was unknown for unknown_after fails, too.';

revoke all on function incident_engine.device_system_states(incident_engine.touch[]) from public;
