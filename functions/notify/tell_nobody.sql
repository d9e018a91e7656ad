create or replace function incident_engine.tell_nobody(because text, host_name text default null)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    update incident.notification as t
    set state = 'suppressed', state_at = now(), leased_until = null, reason = because
    where
        t.state = 'pending'
        and t.created_at = now()
        and (tell_nobody.host_name is null or t.host_name = tell_nobody.host_name);
end
$$;

comment on function incident_engine.tell_nobody(text, text) is
'What this transaction has made due is not told: it records again what was known, or what happened elsewhere.';

revoke all on function incident_engine.tell_nobody(text, text) from public;
