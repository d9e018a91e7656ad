create or replace function incident_engine.device_system_states(
    bases incident_engine.touch[], unrecorded incident.host_condition[], horizon timestamptz
)
returns incident.system_state[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        with base as materialized (
            select b.host_name, b.device_name, b.capture_folder, b.from_time, d.first_sample_at,
                p.sample_interval, p.no_data_after, e.new_device_grace
            from unnest(bases) as b
            join incident.device as d using (host_name, device_name, capture_folder)
            cross join lateral incident_engine.silence_policy(b.host_name, b.device_name, b.capture_folder) as p
            cross join lateral incident_engine.effective_policy(
                b.host_name, b.device_name, b.capture_folder, 'system'
            ) as e
        ),

        heard as materialized (
            select b.host_name, incident_engine.last_signal(b.host_name, horizon) as last_signal_at
            from (select distinct n.host_name from base as n) as b
        ),

        unheard as materialized (
            select c.host_name, c.started_at, c.ended_at, c.last_signal_at
            from (select distinct b.host_name from base as b) as h
            join incident.host_condition as c using (host_name)
            where c.cause = 'silent'
            union
            select c.host_name, c.started_at, c.ended_at, c.last_signal_at
            from unnest(unrecorded) as c
        ),

        silence as materialized (
            select b.*, s.started_at, s.ended_at,
                case when r.since is not null then greatest(s.started_at, r.since) end as retired_at
            from base as b
            join incident.device_state as s using (host_name, device_name, capture_folder)
            cross join lateral incident_engine.retired_since(
                b.host_name, b.device_name, b.capture_folder, s.started_at - b.sample_interval, s.ended_at
            ) as r (since)
            where s.ffmpeg_status = 'no_data' and s.started_at >= b.from_time
        ),

        -- It fails from its start, or from a return of its host in it: from the first of these moments after which the host
        -- was heard for as long as a silence must last to count.
        judged as (
            select s.*, s.started_at < s.first_sample_at + s.new_device_grace as is_new,
                (
                    select min(p.started_at)
                    from (
                        select s.started_at
                        union all
                        select c.ended_at
                        from unheard as c
                        where
                            c.host_name = s.host_name
                            and c.ended_at > s.started_at
                            and c.ended_at < s.ended_at
                    ) as p
                    left join lateral (
                        select min(c.started_at) as started_at, min(c.last_signal_at) as last_signal_at
                        from unheard as c
                        where
                            c.host_name = s.host_name
                            and c.ended_at > p.started_at
                            and c.started_at < s.ended_at
                    ) as h on true
                    where
                        coalesce(h.started_at > p.started_at, true)
                        and p.started_at + (s.no_data_after - s.sample_interval) <= coalesce(
                            h.last_signal_at,
                            nullif(s.ended_at, 'infinity'),
                            (select g.last_signal_at from heard as g where g.host_name = s.host_name)
                        )
                ) as failing_at
            from silence as s
        ),

        part as (
            select j.host_name, j.device_name, j.capture_folder, v.status, v.started_at,
                least(v.ended_at, j.retired_at) as ended_at
            from judged as j
            cross join lateral (
                values
                ('new', case when j.is_new then j.started_at end, j.ended_at),
                ('excused', case when not j.is_new then j.started_at end, coalesce(j.failing_at, j.ended_at)),
                ('silent', case when not j.is_new then j.failing_at end, j.ended_at)
            ) as v (status, started_at, ended_at)
            union all
            select j.host_name, j.device_name, j.capture_folder, 'retired', j.retired_at, j.ended_at
            from judged as j
            where j.retired_at is not null
            union all
            select b.host_name, b.device_name, b.capture_folder, 'reporting', r.started_at,
                coalesce(
                    (
                        select min(s.started_at)
                        from silence as s
                        where
                            (s.host_name, s.device_name, s.capture_folder)
                            = (b.host_name, b.device_name, b.capture_folder)
                            and s.started_at > r.started_at
                    ),
                    'infinity'
                )
            from base as b
            cross join lateral (
                select b.from_time as started_at where b.from_time > '-infinity'
                union
                select s.ended_at
                from silence as s
                where
                    (s.host_name, s.device_name, s.capture_folder) = (b.host_name, b.device_name, b.capture_folder)
                    and s.ended_at < 'infinity'
            ) as r
        )

        select array_agg((
            p.host_name, p.device_name, p.capture_folder, p.started_at, p.ended_at, p.status,
            case p.status when 'silent' then 'silent' end, case p.status when 'silent' then 'high' end
        )::incident.system_state)
        from part as p
        where p.started_at < p.ended_at
    );
end
$$;

comment on function incident_engine.device_system_states(incident_engine.touch[], incident.host_condition[], timestamptz) is
'The history of the component system of devices from from_time on, a moment at which they reported (or -infinity): their '
'silences are their own as far as their host was heard, and the host''s otherwise. unrecorded: silences of hosts that count though '
'they are not recorded yet. horizon: samples after it are not looked at.';

revoke all on function incident_engine.device_system_states(
    incident_engine.touch[], incident.host_condition[], timestamptz
) from public;
