create or replace function incident_engine.retry_errors(as_of timestamptz)
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    waiting record;
    repaired integer := 0;
    failed_sqlstate text;
    failed_message text;
begin
    -- One device at a time: a device that cannot be folded must not keep the others of its host waiting.
    for waiting in
        select e.host_name, e.error_id, e.touched
        from incident_engine.error as e
        where
            e.repaired_at is null
            -- after 1, 2, 4 ... 64 minutes
            and coalesce(e.last_attempt_at + interval '1 minute' * power(2, least(e.attempts - 1, 6)) <= as_of, true)
        order by e.occurred_at, e.error_id
        limit 1000
        for update skip locked
    loop
        begin
            perform incident_engine.fold(array_agg(t), as_of)
            from jsonb_populate_recordset(null::incident_engine.touch, waiting.touched) as t
            group by t.host_name, t.device_name, t.capture_folder;
            update incident_engine.error as e
            set repaired_at = as_of, attempts = e.attempts + 1, last_attempt_at = as_of
            where e.host_name = waiting.host_name and e.error_id = waiting.error_id;
            repaired := repaired + 1;
        exception
            when others then
                get stacked diagnostics failed_sqlstate = returned_sqlstate, failed_message = message_text;
                update incident_engine.error as e
                set sqlstate = failed_sqlstate,
                    message = failed_message,
                    attempts = e.attempts + 1,
                    last_attempt_at = as_of
                where e.host_name = waiting.host_name and e.error_id = waiting.error_id;
        end;
    end loop;
    return repaired;
end
$$;

comment on function incident_engine.retry_errors(timestamptz) is
'Folds again what the fail-safe caught, at growing distances in time. Returns how many errors are repaired now.';

revoke all on function incident_engine.retry_errors(timestamptz) from public;
