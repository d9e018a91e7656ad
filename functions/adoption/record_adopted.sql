create or replace function incident_engine.record_adopted(incidents public.system_incident[], originals jsonb[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
-- The names in what is executed are quoted.
-- @plpgsql_check_options: security_warnings = off
declare
    theirs text;
begin
    perform set_config('incident_engine.writer', 'engine', true);
    insert into public.system_incident (
        incident_id, incident_uuid, host_name, device_id, device_name, capture_folder, video_device, incident_type,
        component, severity, detected_severity, severity_since, detected_at, acknowledged_at, acknowledged_by, assignee,
        status, resolved_at, resolved_by, closed_at, closed_by, retracted_at, description, reason, root_cause, resolution_notes,
        created_at, updated_by, update_note, acted_at, anchored_at, anchored_from, anchored_to, announced_at, as_recorded,
        metadata
    )
    overriding system value
    select
        n.incident_id, case when n.copy = 1 then coalesce(n.incident_uuid, gen_random_uuid()) else gen_random_uuid() end,
        n.host_name, n.device_id, n.device_name, n.capture_folder, n.video_device, n.incident_type,
        n.component, n.severity, n.detected_severity, n.severity_since, n.detected_at, n.acknowledged_at, n.acknowledged_by,
        n.assignee,
        -- A component has one active incident: the one somebody works on, else the older.
        case when n.place > 1 and n.resolved_at is null then 'resolved' else n.status end,
        case when n.place > 1 and n.resolved_at is null then n.detected_at else n.resolved_at end,
        case when n.place > 1 and n.resolved_at is null then 'adopted' else n.resolved_by end,
        n.closed_at, n.closed_by, n.retracted_at, n.description, n.reason, n.root_cause, n.resolution_notes,
        n.created_at, n.updated_by, n.update_note, n.acted_at, n.anchored_at, n.anchored_from, n.anchored_to,
        n.announced_at, n.as_recorded, n.metadata
    from (
        select
            i.*,
            row_number() over (partition by i.incident_uuid order by i.incident_id) as copy,
            row_number() over (
                partition by i.host_name, i.device_name, i.capture_folder, i.component, i.resolved_at is null
                order by i.acted_at is null, i.detected_at, i.incident_id
            ) as place
        from unnest(incidents) as i
    ) as n
    order by n.incident_id;

    -- What they tell of besides, in their words, and what must be known when a sample tells of the same failure.
    insert into incident.timeline (host_name, incident_id, happened_at, event, from_value, to_value, note, operator)
    select t.host_name, t.incident_id, e.happened_at, e.event, e.from_value, e.to_value, e.note, 'adopted'
    from unnest(incidents) with ordinality as t
    join unnest(originals) with ordinality as o (original, ordinality) using (ordinality)
    cross join lateral (
        values
        (1, t.acknowledged_at, 'acknowledged', 'open', 'in_progress', format('by %s', t.acknowledged_by)),
        (2, t.closed_at, 'closed', 'resolved', 'closed', format('by %s', t.closed_by)),
        (3, t.detected_at, 'commented', null, null, 'earlier record: ' || o.original::text)
    ) as e (position, happened_at, event, from_value, to_value, note)
    where e.happened_at is not null
    order by t.incident_id, e.position;
    insert into incident_engine.operator_action (host_name, device_name, capture_folder, component, action, acted_at)
    select i.host_name, i.device_name, i.capture_folder, i.component, 'closed', i.closed_at
    from unnest(incidents) as i
    where i.status = 'closed'
    on conflict do nothing;

    -- Columns of theirs.
    theirs := (
        select string_agg(format('%I = (t.original ->> %L)::%s', a.attname, a.attname, format_type(a.atttypid, a.atttypmod)), ', ')
        from pg_attribute as a
        join incident_engine.adoption_dependent as d on d.kind = 'column' and d.name = a.attname || ' of system_incident'
        where a.attrelid = 'public.system_incident'::regclass and not a.attisdropped
    );
    if theirs is not null then
        execute format(
            'update public.system_incident as i set %s
            from unnest($1, $2) as t (number, original) where i.incident_id = t.number', theirs
        )
        using array(select i.incident_id from unnest(incidents) with ordinality as i order by i.ordinality), originals;
    end if;
    perform set_config('incident_engine.writer', '', true);
end
$$;

comment on function incident_engine.record_adopted(public.system_incident[], jsonb[]) is
'Writes the incidents of an earlier monitoring, each with what it was there (originals) in its timeline.';

revoke all on function incident_engine.record_adopted(public.system_incident[], jsonb[]) from public;
