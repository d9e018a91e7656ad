create or replace function incident_engine.sweep_when_due()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    failure incident_engine.failure;
begin
    -- A transaction that does not see what others commit leaves the round to the next writer, and so does incident.rename_host,
    -- half-way. Whoever else says so leaves it to the next, too.
    if current_setting('transaction_isolation') = 'read committed'
        and coalesce(current_setting('incident_engine.writer', true), '') <> 'move'
        and exists (
            select from incident_engine.sweep_state as s
            where
                s.swept_to <= now()
                - case when s.is_scheduled then incident_engine.sweep_patience() else interval '60 seconds' end
        )
    then
        -- A scheduler that does not come may have lost the job, or never have heard of it.
        if (select s.is_scheduled from incident_engine.sweep_state as s) then
            perform incident.schedule_sweep();
        end if;
        perform incident.sweep(time_budget => interval '500 milliseconds');
    end if;
    return null;
exception
    when others then
        get stacked diagnostics
            failure.sqlstate = returned_sqlstate,
            failure.message = message_text,
            failure.detail = pg_exception_detail,
            failure.hint = pg_exception_hint,
            failure.context = pg_exception_context;
        perform incident_engine.record_error(failure, '{}');
        return null;
end
$$;

comment on function incident_engine.sweep_when_due() is
'Statement trigger on system_metrics: runs the sweep when the last one is 60 seconds old, or 3 minutes where a '
'scheduler should have run it, which is told to it again, for half a second. An error never loses a row.';

revoke all on function incident_engine.sweep_when_due() from public;

create or replace trigger sweep_when_due
after insert on public.system_metrics
for each statement execute function incident_engine.sweep_when_due();
