create or replace function incident_engine.record_error(
    failure incident_engine.failure, touched incident_engine.touch[]
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    if incident_engine.is_deferral(failure.sqlstate) then
        perform incident_engine.defer_spans(touched, failure.sqlstate, failure.message);
        return;
    end if;
    insert into incident_engine.error (host_name, sqlstate, message, detail, hint, context, touched)
    select s.host_name, failure.sqlstate, failure.message, nullif(failure.detail, ''), nullif(failure.hint, ''),
        failure.context, jsonb_agg(s)
    from (
        select t.host_name, t.device_name, t.capture_folder, min(t.from_time) as from_time, max(t.to_time) as to_time
        from unnest(touched) as t
        group by t.host_name, t.device_name, t.capture_folder
    ) as s
    group by s.host_name
    order by s.host_name;
    if not found then
        insert into incident_engine.error (host_name, sqlstate, message, detail, hint, context, touched)
        values (
            '', failure.sqlstate, failure.message, nullif(failure.detail, ''), nullif(failure.hint, ''), failure.context, '[]'
        );
    end if;

    -- To whoever sent the rows, or set off the sweep: the message itself may speak of other hosts.
    raise warning 'pg_incident: the rows are stored, but working on them failed (SQLSTATE %)', failure.sqlstate
        using hint = 'The sweep tries again. See: select * from incident_engine.error where repaired_at is null;';
end
$$;

comment on function incident_engine.record_error(incident_engine.failure, incident_engine.touch[]) is
'Keeps an error of the engine and the device spans it concerns, one row per host (host_name '''' when it concerns none), for '
'the sweep to fold again.';

revoke all on function incident_engine.record_error(incident_engine.failure, incident_engine.touch[]) from public;
