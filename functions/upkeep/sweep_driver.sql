create or replace function incident_engine.sweep_driver()
returns text
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    is_job boolean := false;
begin
    if to_regclass('cron.job') is not null then
        execute 'select exists (select from cron.job as j where j.jobname = $1 and j.active)'
        into is_job
        using 'pg_incident sweep';
    end if;
    return case
        when is_job then 'pg_cron'
        when exists (select from public.system_metrics as m where m.timestamp > now() - interval '5 minutes') then 'host metrics'
        else 'nothing'
    end;
exception
    when insufficient_privilege then
        return case
            when (select s.is_scheduled from incident_engine.sweep_state as s) then 'pg_cron'
            else 'host metrics'
        end;
end
$$;

comment on function incident_engine.sweep_driver() is
'What sets the sweep off: pg_cron (it has an active job in this database), host metrics (rows of system_metrics arrived in the last 5 '
'minutes), or nothing but people.';

revoke all on function incident_engine.sweep_driver() from public;
grant execute on function incident_engine.sweep_driver() to incident_viewer;
