create or replace function incident.unschedule_sweep()
returns boolean
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    found_job bigint;
begin
    if to_regclass('cron.job') is not null then
        execute 'select min(j.jobid) from cron.job as j where j.jobname = $1 and j.username = current_user'
        into found_job
        using 'pg_incident sweep';
        if found_job is not null then
            execute 'select cron.unschedule($1)' using found_job;
        end if;
    end if;
    update incident_engine.sweep_state as s set is_scheduled = false where s.is_scheduled;
    return found_job is not null;
end
$$;

comment on function incident.unschedule_sweep() is
'Takes the sweep out of pg_cron''s jobs; the arrival of host metrics drives it again. make migrate schedules it anew. Returns whether '
'it was scheduled.';

revoke all on function incident.unschedule_sweep() from public;
