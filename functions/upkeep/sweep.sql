create or replace function incident.sweep(as_of timestamptz default now(), time_budget interval default '10 seconds')
returns table (
    ran boolean,
    silences_folded integer,
    errors_repaired integer,
    future_samples_folded integer,
    partitions_made integer,
    maintenance_planned integer,
    incidents_closed integer,
    partitions_dropped integer,
    spans_left integer
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
    until constant timestamptz := clock_timestamp() + time_budget;
    since timestamptz;
    arrived incident_engine.touch[];
    clocks incident_engine.touch[];
    silences incident_engine.touch[];
begin
    perform incident_engine.check_sweep(as_of, time_budget);
    perform incident_engine.require_read_committed();
    ran := pg_try_advisory_xact_lock(7102, 0);
    if not ran then
        return next;
        return;
    end if;

    select s.swept_to into since from incident_engine.sweep_state as s;
    -- Before anything is folded: what nobody heard while the database was down is no host's silence.
    perform incident_engine.notice_outage();
    update incident_engine.sweep_state as s
    set swept_to = greatest(s.swept_to, as_of), started_at = now(), finished_at = null, alive_at = now(),
        ran_on = incident_engine.server_identity();

    -- First what waited, then what is new, each host once.
    arrived := incident_engine.arrived_samples(horizon + incident_engine.clock_tolerance());
    clocks := incident_engine.note_clocks(since, as_of);
    silences := incident_engine.find_silence(since, as_of);
    spans_left := (
        select f.spans_left
        from incident_engine.fold_safely(
            incident_engine.waiting_spans() || arrived || clocks || silences
            || incident_engine.find_system_changes(since, as_of),
            horizon, until
        ) as f
    );
    silences_folded := coalesce(cardinality(silences), 0);
    future_samples_folded := coalesce(cardinality(arrived), 0);
    errors_repaired := incident_engine.retry_errors(as_of, horizon, until);

    maintenance_planned := incident_engine.plan_maintenance(as_of);
    perform incident_engine.mark_maintenance(since, as_of);
    perform incident_engine.announce(horizon);
    perform incident_engine.record_told();
    incidents_closed := incident_engine.close_resolved(as_of);
    update incident_engine.sweep_state as s set finished_at = now() where s.only_row;

    -- Last: writers wait for the locks that this takes, so whoever holds them must not wait for writers any more.
    partitions_dropped := 0;
    partitions_made := 0;
    if clock_timestamp() < until then
        partitions_dropped := incident_engine.remove_old_rows(as_of);
        partitions_made := incident_engine.make_partitions_ahead(as_of);
    end if;
    return next;
end
$$;

comment on function incident.sweep(timestamptz, interval) is
'The rounds: records silence that no sample could, folds samples whose time has come and what was left for later, repairs what the '
'fail-safe caught, plans recurring maintenance two weeks ahead, closes incidents that policy lets it close, makes the partitions of the '
'next seven days and removes samples older than they are kept. Idempotent; of several at once one runs and the others return ran = '
'false. as_of: up to when silence is looked for, by default now. time_budget: when that is used up the rest is left to the next '
'round (spans_left says how much); call incident.sweep_all() does all of it, and commits in between. Returns what it did. Errors: '
'22004, 22023 for a time that cannot be swept.';

revoke all on function incident.sweep(timestamptz, interval) from public;
grant execute on function incident.sweep(timestamptz, interval) to incident_admin, incident_notifier;
