create or replace function incident_engine.try_lock_hosts(host_names text[])
returns boolean
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    if cardinality(host_names) > incident_engine.most_host_locks() then
        lock table incident_engine.all_hosts in exclusive mode nowait;
        return pg_try_advisory_xact_lock(0);
    end if;
    lock table incident_engine.all_hosts in row exclusive mode nowait;
    return pg_try_advisory_xact_lock_shared(0) and (
        select coalesce(bool_and(pg_try_advisory_xact_lock(incident_engine.host_lock(name))), true)
        from unnest(host_names) as name
    );
exception
    when lock_not_available then return false;
end
$$;

comment on function incident_engine.try_lock_hosts(text[]) is
'lock_hosts without waiting: false when somebody else inserts or folds samples of one of these hosts (what was locked stays locked '
'until the caller''s block is rolled back).';

revoke all on function incident_engine.try_lock_hosts(text[]) from public;
