create or replace function incident.sweep(as_of timestamptz default now())
returns table (
    ran boolean,
    silences_folded integer,
    errors_repaired integer,
    future_samples_folded integer,
    partitions_made integer,
    maintenance_planned integer,
    incidents_closed integer,
    partitions_dropped integer
)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set jit = off
as $$
declare
    -- Silence is looked for up to as_of; samples count as they do when they arrive, whatever moment is swept.
    horizon constant timestamptz := greatest(as_of, now());
    since timestamptz;
    due incident_engine.touch[];
begin
    if as_of is null then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'as_of must not be null',
            hint = 'Leave it out for now().';
    end if;
    if not isfinite(as_of) or as_of > now() + interval '1 year' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('as_of must be a moment that can be swept, but is %s', as_of),
            hint = 'Leave it out for now(); at most a year ahead, for simulations.';
    end if;
    perform incident_engine.require_read_committed();
    ran := pg_try_advisory_xact_lock(7102, 0);
    if not ran then
        return next;
        return;
    end if;

    select s.swept_to into since from incident_engine.sweep_state as s;
    update incident_engine.sweep_state as s
    set swept_to = greatest(s.swept_to, as_of), started_at = now(), finished_at = null;

    -- Before anything is folded: what nobody heard while the database was down is no host's silence.
    perform incident_engine.notice_outage();
    update incident_engine.sweep_state as s set alive_at = now();

    errors_repaired := incident_engine.retry_errors(as_of, horizon);

    with arrived as (
        delete from incident_engine.future_sample as f
        where f.timestamp <= horizon + interval '5 minutes'
        returning f.host_name, f.device_name, f.capture_folder, f.timestamp
    )

    select array_agg((a.host_name, a.device_name, a.capture_folder, a.timestamp, a.timestamp)::incident_engine.touch)
    into due
    from arrived as a;
    future_samples_folded := incident_engine.fold_safely(due, horizon);

    silences_folded := incident_engine.fold_safely(incident_engine.find_silence(since, as_of), horizon);

    -- Hosts: their silence, and what of their devices' silence is their own.
    perform incident_engine.fold_safely(incident_engine.find_system_changes(since, as_of), horizon);

    maintenance_planned := incident_engine.plan_maintenance(as_of);
    perform incident_engine.mark_maintenance(since, as_of);
    perform incident_engine.announce(horizon);
    perform incident_engine.record_told();
    incidents_closed := incident_engine.close_resolved(as_of);

    update incident_engine.sweep_state as s set finished_at = now() where s.only_row;

    -- Last: writers wait for the locks that this takes, so whoever holds them must not wait for writers any more.
    partitions_dropped := incident_engine.remove_old_rows(as_of);
    partitions_made := incident_engine.make_partitions_ahead(as_of);
    return next;
end
$$;

comment on function incident.sweep(timestamptz) is
'The rounds: records silence that no sample could, folds samples whose time has come, repairs what the fail-safe caught, plans '
'recurring maintenance two weeks ahead, closes incidents that policy lets it close, makes the partitions of the next seven days and '
'removes samples older than they are kept. Idempotent; of several at once one runs and the others return ran = false. as_of: up to '
'when silence is looked for, by default now. Returns what it did. Errors: 22004, 22023 for a time that cannot be swept.';

revoke all on function incident.sweep(timestamptz) from public;
grant execute on function incident.sweep(timestamptz) to incident_admin, incident_notifier;
