create or replace function incident_engine.affected_spans(changed incident_engine.touch[], components text[])
returns incident_engine.component_span[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set jit = off
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
    samples_from constant timestamptz := incident_engine.samples_from();
begin
    return (
        with asked as (
            select c.host_name, c.device_name, c.capture_folder, p.component, p.policy, c.from_time, c.to_time
            from (
                select s.host_name, s.device_name, s.capture_folder, min(s.from_time) as from_time, max(s.to_time) as to_time
                from unnest(changed) as s
                group by s.host_name, s.device_name, s.capture_folder
            ) as c
            join incident_engine.effective_policies(changed, components) as p using (host_name, device_name, capture_folder)
        )

        select array_agg((
            a.host_name, a.device_name, a.capture_folder, a.component,
            least(
                w.detected_at,
                case
                    when l.detected_at is null then coalesce(h.healthy_since, '-infinity')
                    -- What was over when retention removed its samples stands as it is.
                    when l.resolved_at < samples_from and h.healthy_since >= l.resolved_at then h.healthy_since
                    when f.has_failed_since then h.healthy_since
                    else l.detected_at  -- rule: the last incident is looked at again
                end
            ),
            coalesce(s.settled_at, 'infinity'),  -- rule: a late row is seen up to where all is settled
            a.policy
        )::incident_engine.component_span)
        from asked as a
        -- The last incident that began before: asked so that no index but that of the component has the order, lest the one of
        -- detected_at look as good while the table is small.
        left join lateral (
            select i.detected_at, i.resolved_at
            from public.system_incident as i
            where
                (i.host_name, i.device_name, i.capture_folder) = (a.host_name, a.device_name, a.capture_folder)
                and i.component >= a.component
                and (i.component, i.detected_at) < (a.component, a.from_time)
                and i.retracted_at is null
                and not i.as_recorded
            order by i.component desc, i.detected_at desc
            limit 1
        ) as l on true
        -- or that may belong to a failure in there, since somebody worked on it then;
        cross join lateral (
            select min(i.detected_at) filter (where i.retracted_at is null and not i.as_recorded) as detected_at, max(i.anchored_to) as anchored_to
            from public.system_incident as i
            where
                (i.host_name, i.device_name, i.capture_folder, i.component)
                = (a.host_name, a.device_name, a.capture_folder, a.component)
                and i.anchored_to >= a.from_time
                and least(i.anchored_from, i.detected_at) <= a.to_time
        ) as w
        -- or, when that is long over and what failed since was none, the last healthy state.
        left join lateral (
            select max(c.started_at) as healthy_since
            from incident_engine.component_state as c
            where
                (c.host_name, c.device_name, c.capture_folder, c.component)
                = (a.host_name, a.device_name, a.capture_folder, a.component)
                and c.condition = 'healthy'
                and c.started_at <= a.from_time
        ) as h on true
        left join lateral (
            select true as has_failed_since
            from incident_engine.component_state as c
            where
                (c.host_name, c.device_name, c.capture_folder, c.component)
                = (a.host_name, a.device_name, a.capture_folder, a.component)
                and c.condition = 'failing'
                and c.started_at >= l.resolved_at
                and c.started_at < h.healthy_since
                and l.resolved_at + (a.policy).reopen_within <= h.healthy_since
            limit 1
        ) as f on true
        -- Up to a healthy time so long that it settles everything, whatever came before.
        left join lateral (
            select min(c.started_at) + t.long_enough as settled_at  -- rule: what settles is a recovery that counts
            from (
                select (a.policy).reopen_within + (a.policy).no_data_after
                    + greatest((a.policy).resolve_after, 20 * (a.policy).sample_interval) as long_enough
            ) as t
            join incident_engine.component_state as c on c.ended_at >= c.started_at + t.long_enough
            where
                a.to_time < 'infinity'
                and a.component <> 'system'
                and (c.host_name, c.device_name, c.capture_folder, c.component)
                = (a.host_name, a.device_name, a.capture_folder, a.component)
                and c.condition = 'healthy'
                and c.started_at > greatest(a.to_time, w.anchored_to)
                and not exists (
                    select from incident_engine.operator_action as o
                    where
                        (o.host_name, o.device_name, o.capture_folder, o.component, o.action)
                        = (a.host_name, a.device_name, a.capture_folder, a.component, 'reopened')
                )
            group by t.long_enough
        ) as s on true
    );
end
$$;

comment on function incident_engine.affected_spans(incident_engine.touch[], text[]) is
'For each component the part of its life in which a change of the history there may change incidents: from the last moment before '
'at which nothing was open or to be reopened to the first after at which all is settled. Outside the incidents are what they were.';

revoke all on function incident_engine.affected_spans(incident_engine.touch[], text[]) from public;
