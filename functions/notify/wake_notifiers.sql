create or replace function incident_engine.wake_notifiers()
returns void
language sql
volatile
begin atomic
    select pg_notify('incident_notification', '');
end;

comment on function incident_engine.wake_notifiers() is
'Tells the notifiers that listen that something may be due; they look for themselves.';

revoke all on function incident_engine.wake_notifiers() from public;
