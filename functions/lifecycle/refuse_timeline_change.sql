create or replace function incident_engine.refuse_timeline_change()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    -- incident.rename_host chains it anew, with the new name, and keeps what it was. The setting counts for the owner alone.
    if
        tg_op = 'UPDATE'
        and coalesce(current_setting('incident_engine.writer', true), '') = 'move'
        and (select pg_has_role(c.relowner, 'member') from pg_class as c where c.oid = tg_relid)
    then
        return null;
    end if;
    raise exception using
        errcode = 'feature_not_supported',
        message = format('%s on incident.timeline is refused: it is append-only', lower(tg_op)),
        hint = 'Add what is missing with incident.comment(incident_id, note).';
end
$$;

comment on function incident_engine.refuse_timeline_change() is
'Statement trigger: the timeline is append-only. Errors: 0A000.';

revoke all on function incident_engine.refuse_timeline_change() from public;

create or replace trigger timeline_is_append_only
before update or delete or truncate on incident.timeline
for each statement execute function incident_engine.refuse_timeline_change();
