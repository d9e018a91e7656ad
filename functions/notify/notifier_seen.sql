create or replace function incident.notifier_seen(notifier text, version text, contacts text[])
returns table (sweep_is_due boolean, unreachable_contacts text[], next_due_at timestamptz)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into incident.notifier as n (notifier, version, contacts)
    values (notifier_seen.notifier, notifier_seen.version, notifier_seen.contacts)
    on conflict on constraint notifier_pkey do update
    set version = excluded.version,
        contacts = excluded.contacts,
        seen_at = now(),
        started_at = case when n.version = excluded.version then n.started_at else now() end;
    return query
    select
        coalesce(s.swept_to < now() - interval '55 seconds', true),
        incident_engine.unreachable_contacts(),
        (
            select min(t.due_at) from incident.notification as t
            where t.state = 'pending' and t.message_id is null
        )
    from incident_engine.sweep_state as s;
end
$$;

comment on function incident.notifier_seen(text, text, text[]) is
'For the notifier: it is alive and can reach these contacts. Returns whether nothing else has run the sweep within the last minute, who '
'is to be told and can be reached by no notifier that is alive, and when the next notification is due.';

revoke all on function incident.notifier_seen(text, text, text[]) from public;
grant execute on function incident.notifier_seen(text, text, text[]) to incident_notifier;
