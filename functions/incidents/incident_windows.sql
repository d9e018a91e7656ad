create or replace function incident_engine.incident_windows(regions incident_engine.touch[], components text[])
returns incident_engine.incident_window[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        with region as (
            select r.*, c.component,
                l.detected_at as last_detected_at,
                l.resolved_at as last_resolved_at,
                h.started_at as healthy_since,
                p.resolve_after,
                p.reopen_within
            from unnest(regions) as r
            cross join unnest(components) as c (component)
            cross join lateral incident_engine.effective_policy(
                r.host_name, r.device_name, r.capture_folder, c.component
            ) as p
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
            ) as l on true
            left join lateral (
                select s.started_at
                from incident_engine.component_state as s
                where
                    s.host_name = r.host_name
                    and s.device_name = r.device_name
                    and s.capture_folder = r.capture_folder
                    and s.component = c.component
                    and s.condition = 'healthy'
                    and s.started_at <= r.from_time
                order by s.started_at desc
                limit 1
            ) as h on true
        ),

        -- A window starts where nothing is open and nothing before matters: with the last incident, or, when that is over
        -- for good, with the last healthy state. It ends with a healthy run that settles everything, whatever came before.
        bounded as (
            select r.host_name, r.device_name, r.capture_folder, r.component,
                case
                    when r.last_detected_at is null then coalesce(r.healthy_since, '-infinity')
                    -- What was over when retention removed its samples stands as it is.
                    when r.last_resolved_at < incident_engine.samples_from() and r.healthy_since >= r.last_resolved_at
                        then r.healthy_since
                    when
                        r.last_resolved_at + r.reopen_within <= r.healthy_since
                        and exists (
                            select from incident_engine.component_state as f
                            where
                                f.host_name = r.host_name
                                and f.device_name = r.device_name
                                and f.capture_folder = r.capture_folder
                                and f.component = r.component
                                and f.condition = 'failing'
                                and f.started_at >= r.last_resolved_at
                                and f.started_at < r.healthy_since
                        )
                        then r.healthy_since
                    else r.last_detected_at
                end as from_time,
                case
                    when r.to_time < 'infinity' then coalesce(
                        incident_engine.settled_before_failure(
                            r.host_name, r.device_name, r.capture_folder, r.component, r.to_time,
                            r.resolve_after, r.reopen_within
                        ),
                        'infinity'
                    )
                    else 'infinity'
                end as to_time
            from region as r
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
'For each component the part of its life in which a fold of the regions can have changed incidents. Outside of it the incidents '
'are what they were.';

revoke all on function incident_engine.incident_windows(incident_engine.touch[], text[]) from public;
