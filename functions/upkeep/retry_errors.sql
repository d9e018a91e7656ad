create or replace function incident_engine.retry_errors(
    as_of timestamptz, horizon timestamptz, until timestamptz default 'infinity'
)
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    waiting record;
    device record;
    still_waiting incident_engine.touch[];
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
            and not incident_engine.is_deferral(e.sqlstate)
            -- after 1, 2, 4 ... 64 minutes
            and coalesce(e.last_attempt_at + interval '1 minute' * power(2, least(e.attempts - 1, 6)) <= as_of, true)
        order by e.occurred_at, e.error_id
        limit 1000
        for update skip locked
    loop
        exit when clock_timestamp() >= until;
        continue when not incident_engine.try_lock_hosts(array[waiting.host_name]);
        failed_sqlstate := null;
        failed_message := null;
        still_waiting := null;
        for device in
            select array_agg(t) as touched
            from jsonb_populate_recordset(null::incident_engine.touch, waiting.touched) as t
            group by t.host_name, t.device_name, t.capture_folder
            order by t.host_name, t.device_name, t.capture_folder
        loop
            begin
                perform incident_engine.fold(device.touched, horizon);
            exception
                when others then
                    get stacked diagnostics failed_sqlstate = returned_sqlstate, failed_message = message_text;
                    still_waiting := still_waiting || device.touched;
            end;
        end loop;

        update incident_engine.error as e
        set sqlstate = coalesce(failed_sqlstate, e.sqlstate),
            message = coalesce(failed_message, e.message),
            touched = coalesce(to_jsonb(still_waiting), e.touched),
            attempts = e.attempts + 1,
            last_attempt_at = as_of,
            repaired_at = case when still_waiting is null then as_of end
        where e.host_name = waiting.host_name and e.error_id = waiting.error_id;
        repaired := repaired + (still_waiting is null)::integer;
    end loop;
    return repaired;
end
$$;

comment on function incident_engine.retry_errors(timestamptz, timestamptz, timestamptz) is
'Folds again what the fail-safe caught, at growing distances in time, until a moment. horizon: as as_of of the fold. Returns how many errors '
'are repaired now.';

revoke all on function incident_engine.retry_errors(timestamptz, timestamptz, timestamptz) from public;
