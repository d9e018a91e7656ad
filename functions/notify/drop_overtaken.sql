create or replace function incident_engine.drop_overtaken(contact text, message_id bigint)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Whoever waits for these rows looks again later: nobody waits for a person.
    with due as (
        select t.host_name, t.incident_id, t.number,
            incident_engine.overtaken_by(t.kind, i.status, i.retracted_at, i.acknowledged_by) as reason,
            s.silence
        from incident.notification as t
        join public.system_incident as i using (host_name, incident_id)
        left join lateral incident_engine.silenced_by(i, now()) as s
            on t.kind in ('opened', 'unacknowledged', 'severity_raised', 'reopened') and i.status in ('open', 'in_progress')
        where
            t.contact = drop_overtaken.contact
            and t.state = 'pending'
            and t.due_at <= now()
            and t.message_id is not distinct from drop_overtaken.message_id
        for no key update of t skip locked
    )

    update incident.notification as t
    set state = 'superseded',
        state_at = now(),
        leased_until = null,
        reason = coalesce(d.reason, d.silence),
        waits_for_silence_to_end = d.reason is null
    from due as d
    where
        t.host_name = d.host_name
        and t.incident_id = d.incident_id
        and t.number = d.number
        and coalesce(d.reason, d.silence) is not null;
end
$$;

comment on function incident_engine.drop_overtaken(text, bigint) is
'Before a message goes out: what is due to a contact and need not be told any more is superseded, of one message that is tried again or '
'(message_id null) of what is in none yet.';

revoke all on function incident_engine.drop_overtaken(text, bigint) from public;
