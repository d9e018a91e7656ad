create or replace function incident_engine.refuse_direct_write()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    if (select pg_has_role(c.relowner, 'member') from pg_class as c where c.oid = tg_relid) then
        return null;
    end if;
    raise exception using
        errcode = 'insufficient_privilege',
        message = format('%s may not write %s, whatever was granted', current_user, tg_table_name),
        detail = 'Incidents are what the samples tell of; people work on them by functions, which keep the rules and the timeline.',
        hint = format(
            'Call incident.acknowledge(), assign(), comment(), resolve(), close() or reopen(); it needs: '
            'grant incident_operator to %I;', current_user
        );
end
$$;

comment on function incident_engine.refuse_direct_write() is
'Statement trigger on system_incident: only the owner writes it, as whom all functions of pg_incident do; the same for every session, '
'whatever was granted. Errors: 42501.';

revoke all on function incident_engine.refuse_direct_write() from public;

create or replace trigger people_write_by_functions
before insert or update or delete or truncate on public.system_incident
for each statement execute function incident_engine.refuse_direct_write();
