create or replace function incident.schedule_sweep()
returns boolean
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    if to_regclass('cron.job') is null then
        update incident_engine.sweep_state as s set is_scheduled = false where s.is_scheduled;
        return false;
    end if;
    -- By name: scheduled again it stays one job.
    execute 'select cron.schedule($1, $2, $3)' using 'pg_incident sweep', '* * * * *', 'select incident.sweep()';
    update incident_engine.sweep_state as s set is_scheduled = true where not s.is_scheduled;
    return true;
exception
    when insufficient_privilege then
        return false;
end
$$;

comment on function incident.schedule_sweep() is
'Has pg_cron run the sweep every minute, when it is installed in this database and the caller may use it; make migrate calls this. '
'From then on the arrival of host metrics sets the sweep off only when it has not run for 3 minutes. Returns whether it is '
'scheduled. Without pg_cron it does nothing.';

revoke all on function incident.schedule_sweep() from public;
