create or replace function incident_engine.adopted_incident(original jsonb, number text)
returns public.system_incident
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as $$
declare
    -- As whom the old table tells of it; what the engine keeps for itself starts afresh.
    r constant public.system_incident := jsonb_populate_record(
        null::public.system_incident,
        original - array[
            'incident_id', 'incident_uuid', 'part_of', 'snoozed_until', 'announced_at', 'anchored_at', 'anchored_from',
            'anchored_to', 'acted_at', 'severity_since', 'flapping_since', 'reopened_at', 'reopen_count',
            'engine_reopen_count', 'detection_to_ack_minutes', 'ack_to_resolution_minutes', 'total_duration_minutes'
        ]
    );
    i public.system_incident := r;
    fault text;
begin
    i.status := lower(btrim(coalesce(r.status, '')));
    i.severity := lower(btrim(coalesce(r.severity, '')));
    i.component := lower(btrim(coalesce(r.component, split_part(r.incident_type, '_', 1), '')));
    i.detected_at := coalesce(r.detected_at, r.created_at);
    if i.component = 'system' then
        i.device_name := coalesce(nullif(r.device_name, ''), r.host_name);
        i.capture_folder := coalesce(nullif(r.capture_folder, ''), 'host');
    end if;

    fault := case
        when i.component not in ('ffmpeg', 'monitor', 'system') then format('component %L is not ffmpeg, monitor or system', i.component)
        when coalesce(i.host_name, '') = '' then 'host_name is null or empty'
        when coalesce(i.device_name, '') = '' then 'device_name is null or empty'
        when coalesce(i.capture_folder, '') = '' then 'capture_folder is null or empty'
        when greatest(octet_length(i.host_name), octet_length(i.device_name), octet_length(i.capture_folder)) > 500
            then 'a name has more than 500 bytes'
        when i.detected_at is null or not isfinite(i.detected_at) then 'detected_at is null or infinite'
        when i.detected_at > now() + interval '1 day' then 'detected_at is in the future'
    end;
    if fault is not null then
        raise data_exception using message = fault;
    end if;

    -- A word that is not ours says what the times say.
    i.status := case
        when i.closed_at is not null or i.status = 'closed' then 'closed'
        when i.resolved_at is not null or i.status = 'resolved' then 'resolved'
        when i.status in ('in_progress', 'acknowledged', 'investigating') or i.acknowledged_at is not null then 'in_progress'
        else 'open'
    end;
    i.severity := case when i.severity in ('critical', 'high', 'medium', 'low') then i.severity else 'medium' end;
    i.incident_type := i.component || '_failure';
    i.device_id := coalesce(r.device_id, i.device_name);
    if i.status = 'in_progress' then
        i.acknowledged_at := coalesce(r.acknowledged_at, r.updated_at, i.detected_at);
    end if;
    if i.status in ('resolved', 'closed') then
        i.resolved_at := greatest(coalesce(r.resolved_at, r.closed_at, r.updated_at, i.detected_at), i.detected_at);
        i.resolved_by := coalesce(r.resolved_by, 'adopted');
    end if;
    if i.status = 'closed' then
        i.closed_at := coalesce(r.closed_at, r.updated_at, i.resolved_at);
        i.closed_by := coalesce(r.closed_by, 'adopted');
    end if;
    i.acknowledged_by := case when i.acknowledged_at is not null then coalesce(r.acknowledged_by, 'adopted') end;

    -- The failure that it is, once samples tell of it, is the one that went on when it was recorded, to a minute.
    i.anchored_at := i.detected_at;
    i.anchored_from := i.detected_at - interval '1 minute';
    i.anchored_to := coalesce(i.resolved_at, 'infinity') + interval '1 minute';
    if coalesce(i.acknowledged_by, i.closed_by, i.root_cause, i.resolution_notes) is not null then
        i.acted_at := coalesce(i.closed_at, i.acknowledged_at, i.resolved_at, i.detected_at);
    end if;
    i.announced_at := case when i.resolved_at is null then i.detected_at end;
    i.detected_severity := i.severity;
    i.severity_since := i.detected_at;
    i.created_at := coalesce(r.created_at, i.detected_at);
    i.incident_id := (original ->> number)::bigint;
    i.incident_uuid := substring(
        coalesce(original ->> 'incident_uuid', original ->> 'id') from '^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
    )::uuid;
    i.reopen_count := 0;
    i.engine_reopen_count := 0;
    i.updated_by := 'adopted';
    i.update_note := 'recorded by an earlier monitoring';
    i.metadata := case when jsonb_typeof(r.metadata) = 'object' then r.metadata else '{}' end;
    i.as_recorded := true;
    return i;
end
$$;

comment on function incident_engine.adopted_incident(jsonb, text) is
'An incident of an earlier monitoring as one of ours. number: which of its columns is the number that people call it by, null for '
'none. Words that are not ours become what its times say (status) '
'or medium (severity); what is not said is taken from the time nearest to it. Errors: 22000 and other data exceptions for what '
'cannot be an incident.';

revoke all on function incident_engine.adopted_incident(jsonb, text) from public;
