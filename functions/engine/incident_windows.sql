create or replace function incident_engine.incident_windows(regions incident_engine.touch[], components text[])
returns incident_engine.incident_window[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        -- An incident that the region cuts through is looked at whole.
        with reach as (
            select r.host_name, r.device_name, r.capture_folder, c.component,
                least(r.from_time, case when coalesce(b.resolved_at, 'infinity') > r.from_time then b.detected_at end)
                as from_time,
                greatest(r.to_time, coalesce(e.resolved_at, case when e.detected_at is not null then timestamptz 'infinity' end))
                as to_time
            from unnest(regions) as r
            cross join unnest(components) as c (component)
            left join lateral (
                select i.detected_at, i.resolved_at
                from public.system_incident as i
                where
                    i.host_name = r.host_name
                    and i.device_name = r.device_name
                    and i.capture_folder = r.capture_folder
                    and i.component = c.component
                    and i.retracted_at is null
                    and i.detected_at < r.from_time
                order by i.detected_at desc
                limit 1
            ) as b on true
            left join lateral (
                select i.detected_at, i.resolved_at
                from public.system_incident as i
                where
                    i.host_name = r.host_name
                    and i.device_name = r.device_name
                    and i.capture_folder = r.capture_folder
                    and i.component = c.component
                    and i.retracted_at is null
                    and i.detected_at < r.to_time
                order by i.detected_at desc
                limit 1
            ) as e on true
        ),

        bounded as (
            select r.host_name, r.device_name, r.capture_folder, r.component,
                coalesce((
                    select least(h.ended_at, r.from_time)
                    from incident_engine.recovery as h
                    where
                        h.host_name = r.host_name
                        and h.device_name = r.device_name
                        and h.capture_folder = r.capture_folder
                        and h.component = r.component
                        and h.started_at <= r.from_time
                    order by h.started_at desc
                    limit 1
                ), '-infinity') as from_time,
                case when r.to_time < 'infinity' then coalesce((
                    select greatest(h.started_at, r.to_time)
                    from incident_engine.recovery as h
                    where
                        h.host_name = r.host_name
                        and h.device_name = r.device_name
                        and h.capture_folder = r.capture_folder
                        and h.component = r.component
                        and h.ended_at > r.to_time
                        and h.started_at >= coalesce((
                            select max(s.started_at)
                            from incident.device_state as s
                            where
                                s.host_name = r.host_name
                                and s.device_name = r.device_name
                                and s.capture_folder = r.capture_folder
                                and s.started_at <= r.to_time
                        ), '-infinity')
                    order by h.started_at
                    limit 1
                ), 'infinity') else r.to_time end as to_time
            from reach as r
        ),

        merged as (
            select b.host_name, b.device_name, b.capture_folder, b.component,
                unnest(range_agg(tstzrange(b.from_time, b.to_time))) as span
            from bounded as b
            group by b.host_name, b.device_name, b.capture_folder, b.component
        )

        select array_agg((
            m.host_name, m.device_name, m.capture_folder, m.component, lower(m.span), upper(m.span)
        )::incident_engine.incident_window)
        from merged as m
    );
end
$$;

comment on function incident_engine.incident_windows(incident_engine.touch[], text[]) is
'For each component the part of its life in which a fold of the regions can have changed incidents: from the last recovery '
'before a region to the first one after it.';

revoke all on function incident_engine.incident_windows(incident_engine.touch[], text[]) from public;
