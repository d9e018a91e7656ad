create or replace function incident_engine.retract_incidents(changes incident_engine.verdict[], cause text)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    if changes = '{}' then
        return;
    end if;
    update public.system_incident as i
    set status = case when i.status = 'closed' then 'closed' else 'resolved' end,
        resolved_at = coalesce(i.resolved_at, i.detected_at),
        resolved_by = coalesce(i.resolved_by, 'engine'),
        flapping_since = null,
        retracted_at = now(),
        updated_by = 'engine',
        update_note = case
            when c.joined_into is null then format('it never was, by %s', cause)
            else format('joined into incident %s by %s', c.joined_into, cause)
        end
    from unnest(changes) as c
    where i.incident_id = c.incident_id;
end
$$;

comment on function incident_engine.retract_incidents(incident_engine.verdict[], text) is
'Takes incidents back that no failure explains any more, or that turned out to be another''s. cause: what shows it, for the timeline.';

revoke all on function incident_engine.retract_incidents(incident_engine.verdict[], text) from public;
