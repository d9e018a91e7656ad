create or replace function incident_engine.before_incident_write()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    writer text := coalesce(current_setting('incident_engine.writer', true), '');
    allowed text;
begin
    -- Anybody may set the setting; it counts for the owner alone, as whom all functions of pg_incident write.
    if writer <> '' and not (select pg_has_role(c.relowner, 'member') from pg_class as c where c.oid = tg_relid) then
        writer := set_config('incident_engine.writer', '', true);
    end if;
    -- Another name for the same: see incident.rename_host. Nothing else changes.
    if tg_op = 'UPDATE' and writer = 'move' then
        return new;
    end if;
    if tg_op = 'INSERT' then
        new.detected_severity := coalesce(new.detected_severity, new.severity);
        new.severity_since := coalesce(new.severity_since, new.detected_at);
    else
        if writer = '' then
            new.updated_by := session_user::text;
            new.acted_at := now();
            new.update_note := nullif(new.update_note, old.update_note);
        end if;
        -- Somebody works on it: from now on it follows the failure that it is now.
        if new.acted_at is not null and new.anchored_at is null then
            new.anchored_from := old.detected_at;
            new.anchored_at := greatest(old.detected_at, least(new.acted_at, old.resolved_at));  -- rule: a split keeps the part that somebody worked on
            new.anchored_to := old.resolved_at;
        end if;
        if new.anchored_at is not null and new.resolved_at is not null and writer = 'engine' then
            new.anchored_to := coalesce(old.anchored_to, now());
        elsif new.anchored_at is not null and new.resolved_at <> coalesce(old.resolved_at, 'infinity') then
            new.anchored_to := least(new.anchored_to, new.resolved_at);
            new.anchored_at := least(new.anchored_at, new.resolved_at);
            new.anchored_from := least(new.anchored_from, new.resolved_at);
        end if;
        if (new.incident_id, new.host_name, new.device_name, new.capture_folder, new.component)
            is distinct from (old.incident_id, old.host_name, old.device_name, old.capture_folder, old.component)
        then
            raise exception using
                errcode = 'IN001',
                message = format('incident %s: what it is about cannot be changed', old.incident_id),
                detail = 'incident_id, host_name, device_name, capture_folder and component are fixed.',
                hint = 'Resolve it, and let the engine open another.';
        end if;
        if new.status <> old.status and writer <> 'engine' then
            allowed := case old.status
                when 'open' then 'in_progress or resolved'
                when 'in_progress' then 'resolved'
                when 'resolved' then 'closed or open'
                when 'closed' then 'open'
            end;
            -- What a person did, a person can undo, by incident.unacknowledge().
            if
                not (new.status = any (string_to_array(allowed, ' or ')))
                and not (writer = 'operator' and old.status = 'in_progress' and new.status = 'open')
            then
                raise exception using
                    errcode = 'IN001',
                    message = format('incident %s cannot go from %s to %s', old.incident_id, old.status, new.status),
                    detail = format('From %s an incident can go to %s.', old.status, allowed),
                    hint = case old.status
                        when 'open' then 'Call incident.acknowledge(), or incident.resolve() first.'
                        when 'in_progress' then 'Call incident.resolve() first.'
                        else 'Call incident.reopen() first.'
                    end;
            end if;

            -- What changes the course of incidents is derived with the host's lock; what the verbs do has it already.
            if new.status <> 'in_progress' and old.status || ' ' || new.status <> 'in_progress open' then
                perform incident_engine.lock_hosts(array[new.host_name]);
            end if;
        end if;
    end if;

    new.detection_to_ack_minutes := incident_engine.whole_minutes(
        coalesce(new.announced_at, new.detected_at), new.acknowledged_at
    );
    new.ack_to_resolution_minutes := incident_engine.whole_minutes(new.acknowledged_at, new.resolved_at);
    new.total_duration_minutes := incident_engine.whole_minutes(new.detected_at, new.resolved_at);
    new.updated_at := now();
    return new;
end
$$;

comment on function incident_engine.before_incident_write() is
'Row trigger on system_incident: computes the durations, whoever writes, and refuses illegal transitions. Errors: IN001 with '
'a hint that names what is allowed.';

revoke all on function incident_engine.before_incident_write() from public;

create or replace trigger keep_durations_and_transitions
before insert or update on public.system_incident
for each row execute function incident_engine.before_incident_write();
