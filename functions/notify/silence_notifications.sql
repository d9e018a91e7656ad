create or replace function incident_engine.silence_notifications(host_names text[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set jit = off
as $$
begin
    -- What somebody is writing to at this moment is looked at again before it goes out.
    with silenced as (
        select t.host_name, t.incident_id, t.number, s.silence
        from incident.notification as t
        join public.system_incident as i using (host_name, incident_id)
        cross join lateral incident_engine.silenced_by(i, now()) as s
        where
            t.host_name = any (host_names)
            and t.state = 'pending'
            and t.kind in ('opened', 'unacknowledged', 'severity_raised', 'reopened')
            and coalesce(t.leased_until <= now(), true)
            and i.status in ('open', 'in_progress')
            and s.silence is not null
        for no key update of t skip locked
    )

    update incident.notification as t
    set state = 'superseded', state_at = now(), leased_until = null, reason = s.silence, waits_for_silence_to_end = true
    from silenced as s
    where
        t.host_name = s.host_name
        and t.incident_id = s.incident_id
        and t.number = s.number;
end
$$;

comment on function incident_engine.silence_notifications(text[]) is
'What is pending of incidents on these hosts that are silenced now is held back until they are not.';

revoke all on function incident_engine.silence_notifications(text[]) from public;
