create or replace function incident_engine.flapping_candidates(regions incident_engine.touch[])
returns incident_engine.incident_window[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        with asked as (
            select r.*, c.component, p.no_data_after * 20 as longest,
                -- One change weighs 1.25 of 20 intervals at most.
                case when p.flapping_start_percent <= 125 then ceil(p.flapping_start_percent / 6.25)::integer end as fewest
            from (
                select a.host_name, a.device_name, a.capture_folder,
                    min(a.from_time) as from_time, max(a.to_time) as to_time
                from unnest(regions) as a
                group by a.host_name, a.device_name, a.capture_folder
            ) as r
            cross join (values ('ffmpeg'), ('monitor')) as c (component)
            cross join lateral incident_engine.effective_policy(
                r.host_name, r.device_name, r.capture_folder, c.component
            ) as p
        )

        select array_agg((
            a.host_name, a.device_name, a.capture_folder, a.component, a.from_time, 'infinity'
        )::incident_engine.incident_window)
        from asked as a
        where
            exists (
                select from incident.flapping as f
                where
                    f.host_name = a.host_name
                    and f.device_name = a.device_name
                    and f.capture_folder = a.capture_folder
                    and f.component = a.component
                    and f.ended_at >= a.from_time
            )
            or exists (
                -- Twenty intervals lie in twenty-one states at most, silence left out, and none of them is longer than
                -- silence may be.
                select
                from (
                    select c.at - lag(c.at, a.fewest - 1) over (order by c.started_at) as duration
                    from (
                        select d.started_at, d.at,
                            d.condition <> lag(d.condition) over (order by d.started_at) as is_change
                        from (
                            select s.started_at, s.condition,
                                coalesce(sum(
                                    case when s.ended_at < 'infinity' then s.ended_at - s.started_at end
                                ) over (order by s.started_at rows between unbounded preceding and 1 preceding), interval '0')
                                as at
                            from incident_engine.component_state as s
                            where
                                s.host_name = a.host_name
                                and s.device_name = a.device_name
                                and s.capture_folder = a.capture_folder
                                and s.component = a.component
                                and s.status <> 'no_data'
                                and s.started_at >= coalesce((
                                    select e.started_at
                                    from incident.device_state as e
                                    where
                                        e.host_name = a.host_name
                                        and e.device_name = a.device_name
                                        and e.capture_folder = a.capture_folder
                                        and e.ffmpeg_status <> 'no_data'
                                        and e.started_at < a.from_time
                                    order by e.started_at desc
                                    offset 20 limit 1
                                ), '-infinity')
                                and s.started_at <= coalesce((
                                    select e.started_at
                                    from incident.device_state as e
                                    where
                                        e.host_name = a.host_name
                                        and e.device_name = a.device_name
                                        and e.capture_folder = a.capture_folder
                                        and e.ffmpeg_status <> 'no_data'
                                        and e.started_at > a.to_time
                                    order by e.started_at
                                    offset 20 limit 1
                                ), 'infinity')
                        ) as d
                        where d.condition <> 'neutral'
                    ) as c
                    where c.is_change
                ) as n
                where n.duration <= a.longest
            )
    );
end
$$;

comment on function incident_engine.flapping_candidates(incident_engine.touch[]) is
'Components that flap, or may have begun to, in or after the regions: those with so many changes so near to each other that their '
'samples are worth counting. from_time: from when on.';

revoke all on function incident_engine.flapping_candidates(incident_engine.touch[]) from public;
