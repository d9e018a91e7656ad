create or replace function incident_engine.incident_violations()
returns table (rule text, host_name text, device_name text, capture_folder text, incident_id bigint, detail text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with subject as (
        select d.host_name, d.device_name, d.capture_folder, array['ffmpeg', 'monitor'] as components
        from incident.device as d
        union all
        select distinct s.host_name, s.device_name, s.capture_folder, array['system'] as components
        from incident.system_state as s
    ),

    span as (
        select
            array_agg((
                p.host_name, p.device_name, p.capture_folder, p.component,
                '-infinity'::timestamptz, 'infinity'::timestamptz, p.policy
            )::incident_engine.component_span) as spans
        from (select distinct s.components from subject as s) as k
        cross join
            lateral incident_engine.effective_policies(
                array(
                    select (s.host_name, s.device_name, s.capture_folder, null, null)::incident_engine.touch
                    from subject as s
                    where s.components = k.components
                ),
                k.components
            ) as p
    ),

    told as (
        select s.host_name, s.device_name, s.capture_folder, s.component, d.detected_at, d.resolved_at, d.severity
        from span
        cross join lateral incident_engine.derive_incidents(span.spans) as d
        join
            lateral unnest(span.spans) with ordinality as s (
                host_name, device_name, capture_folder, component, from_time, to_time, policy, subject
            )
            using (subject)
        -- What was over when retention removed its samples stands as it is.
        where d.resolved_at >= incident_engine.samples_from()
    ),

    recorded as (
        select i.*
        from public.system_incident as i
        where
            i.retracted_at is null
            and not i.as_recorded
            and coalesce(i.resolved_at >= incident_engine.samples_from(), true)
    )

    -- A full join is hashed or merged whatever the planner takes the sizes to be.
    select
        case
            when i.incident_id is null then 'every failure has its incident' else 'the history explains every incident'
        end,
        coalesce(i.host_name, s.host_name), coalesce(i.device_name, s.device_name),
        coalesce(i.capture_folder, s.capture_folder), i.incident_id,
        format(
            '%s from %s to %s, %s', coalesce(i.component, s.component), coalesce(i.detected_at, s.detected_at),
            coalesce(case when i.incident_id is null then s.resolved_at else i.resolved_at end::text, 'now'),
            coalesce(i.severity, s.severity)
        )
    from recorded as i
    full join told as s
        on s.host_name = i.host_name
        and s.device_name = i.device_name
        and s.capture_folder = i.capture_folder
        and s.component = i.component
        and s.detected_at = i.detected_at
        and s.resolved_at = coalesce(i.resolved_at, 'infinity')
    where i.severity is distinct from s.severity
    union all
    select
        'one active incident for a component', i.host_name, i.device_name, i.capture_folder, max(i.incident_id),
        format('%s: %s are active', i.component, count(*))
    from public.system_incident as i
    where i.status in ('open', 'in_progress')
    group by i.host_name, i.device_name, i.capture_folder, i.component
    having count(*) > 1
    union all
    select
        'every incident has a timeline',
        i.host_name,
        i.device_name,
        i.capture_folder,
        i.incident_id,
        'it was never detected'
    from public.system_incident as i
    where not exists (
            select from incident.timeline as t
            where t.host_name = i.host_name and t.incident_id = i.incident_id and t.event = 'detected'
        )
    union all
    select
        'durations are what the times say', i.host_name, i.device_name, i.capture_folder, i.incident_id,
        format(
            'detection to ack %s, ack to resolution %s, total %s',
            i.detection_to_ack_minutes, i.ack_to_resolution_minutes, i.total_duration_minutes
        )
    from public.system_incident as i
    where
        (i.detection_to_ack_minutes, i.ack_to_resolution_minutes, i.total_duration_minutes) is distinct from (
            incident_engine.whole_minutes(coalesce(i.announced_at, i.detected_at), i.acknowledged_at),
            incident_engine.whole_minutes(i.acknowledged_at, i.resolved_at),
            incident_engine.whole_minutes(i.detected_at, i.resolved_at)
        );
end;

comment on function incident_engine.incident_violations() is
'Rules that tie incidents to the history, to their timeline and to their durations, and where they are broken.';

revoke all on function incident_engine.incident_violations() from public;
