create or replace function incident_engine.update_incidents(changes incident_engine.verdict[], cause text)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set jit = off
-- A plan made while the tables were small lives on in a long session.
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
begin
    if changes = '{}' then
        return;
    end if;
    update public.system_incident as i
    set detected_at = d.detected_at,
        resolved_at = nullif(d.resolved_at, 'infinity'),
        status = case
            when d.resolved_at < 'infinity' then case when i.closed_by is null then 'resolved' else 'closed' end
            when i.status in ('open', 'in_progress') then i.status
            when i.acknowledged_at is null then 'open'
            else 'in_progress'
        end,
        closed_at = case when d.resolved_at < 'infinity' then coalesce(i.closed_at, (
            select min(a.acted_at)
            from incident_engine.operator_action as a
            where
                i.closed_by is not null
                and (a.host_name, a.device_name, a.capture_folder, a.component, a.action)
                = (i.host_name, i.device_name, i.capture_folder, i.component, 'closed')
                and a.acted_at >= i.anchored_from
        )) end,
        resolved_by = case when d.resolved_at < 'infinity' then coalesce(i.resolved_by, 'engine') end,
        severity = d.severity,  -- rule: an acknowledgement survives
        detected_severity = d.detected_severity,
        severity_since = d.severity_since,
        description = incident_engine.describe(
            i.component, d.severity, i.host_name, i.device_name, i.capture_folder
        ),
        reopen_count = i.reopen_count - i.engine_reopen_count + d.reopen_count,
        engine_reopen_count = d.reopen_count,
        reopened_at = d.reopened_at,
        flapping_since = d.flapping_since,
        retracted_at = null,
        as_recorded = false,
        updated_by = 'engine',
        update_note = case
            when i.retracted_at is not null then format('it was after all, by %s', cause)
            when d.reopened_at > i.resolved_at then 'failed again'
            when i.resolved_at is not null or i.detected_at <> d.detected_at then format('corrected by %s', cause)
        end
    from unnest(changes) as c
    cross join lateral (select (c.derived).*) as d
    where i.incident_id = c.incident_id;
end
$$;

comment on function incident_engine.update_incidents(incident_engine.verdict[], text) is
'Writes what was derived about incidents on record. cause: what made it come out otherwise than before, for the timeline.';

revoke all on function incident_engine.update_incidents(incident_engine.verdict[], text) from public;
