create or replace function incident_engine.record_maintenance_login()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'INSERT' then
        new.recorded_by := session_user::text;
    else
        new.recorded_by := old.recorded_by;
        if (new.ended_at, new.period) is distinct from (old.ended_at, old.period) then
            new.end_recorded_by := session_user::text;
        end if;
    end if;
    return new;
end
$$;

comment on function incident_engine.record_maintenance_login() is
'Row trigger on maintenance: which login added it and which moved its end, beside whom the operator said to be.';

revoke all on function incident_engine.record_maintenance_login() from public;

create or replace trigger record_login
before insert or update on incident.maintenance
for each row execute function incident_engine.record_maintenance_login();
