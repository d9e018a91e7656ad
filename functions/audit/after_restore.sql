create or replace function incident.after_restore(fold boolean default true)
returns table (step text, result text)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set jit = off
as $$
declare
    outages constant bigint := (select count(*) from incident.outage);
begin
    if after_restore.fold is null then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'fold must not be null',
            hint = 'Leave it out, or say fold => false when the whole database was restored and is large.';
    end if;
    perform incident_engine.notice_outage();
    return query
    select
        'time without the database',
        case
            when (select count(*) from incident.outage) > outages
                then (
                    select format('%s to %s', o.started_at, o.ended_at)
                    from incident.outage as o
                    order by o.recorded_at desc, o.ended_at desc
                    limit 1
                )
            else 'none that was not known'
        end;
    return query select 'sequences behind their tables', incident_engine.catch_up_sequences()::text;
    return query select 'partitions made', incident_engine.make_partitions_ahead(now())::text;
    return query select 'sweep scheduled by pg_cron', case when incident.schedule_sweep() then 'yes' else 'no' end;
    if after_restore.fold then
        return query
        select 'changes by folding all samples again', count(*)::text from incident.rebuild(cause => 'a restore');
    end if;
    return query
    select 'rules broken', coalesce(nullif(count(*), 0)::text || ': select * from incident.check_invariants();', '0')
    from incident.check_invariants();
    return query
    select 'timelines broken', coalesce(nullif(count(*), 0)::text || ': select * from incident.verify_timeline();', '0')
    from incident.verify_timeline();
end
$$;

comment on function incident.after_restore(boolean) is
'To be called once after any restore: records the time in which the database was away, lets numbers go on after the largest in use, '
'makes partitions, schedules the sweep, folds all samples again (fold => false: not) and checks everything. Makes right what was '
'restored or replicated past the triggers. A row for each step. Takes as long as incident.rebuild(). Errors: 22004, 55P03 when '
'another transaction holds a host for over 2 seconds.';

revoke all on function incident.after_restore(boolean) from public;
grant execute on function incident.after_restore(boolean) to incident_admin;
