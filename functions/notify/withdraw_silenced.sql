create or replace function incident_engine.withdraw_silenced(incident_ids bigint[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
begin
    perform set_config('incident_engine.writer', 'engine', true);
    update public.system_incident as i
    set announced_at = null
    where
        i.incident_id = any (incident_ids)
        and i.announced_at = now()
        and (select s.silence from incident_engine.silenced_by(i, now()) as s) is not null;
    perform set_config('incident_engine.writer', writer_before, true);
end
$$;

comment on function incident_engine.withdraw_silenced(bigint[]) is
'Of incidents that this statement has brought, those that maintenance silences can be told to nobody yet.';

revoke all on function incident_engine.withdraw_silenced(bigint[]) from public;
