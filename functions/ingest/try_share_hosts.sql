create or replace function incident_engine.try_share_hosts(host_names text[])
returns boolean
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    if cardinality(host_names) > incident_engine.most_host_locks() then
        begin
            lock table incident_engine.all_hosts in share mode nowait;
            return true;
        exception
            when lock_not_available then return false;
        end;
    end if;
    return pg_try_advisory_xact_lock_shared(0) and (
        select coalesce(bool_and(pg_try_advisory_xact_lock_shared(incident_engine.host_lock(name))), true)
        from unnest(host_names) as name
    );
end
$$;

comment on function incident_engine.try_share_hosts(text[]) is
'Keeps folds off these hosts until the transaction ends, without waiting: false when one of them is being folded (what was locked '
'stays locked until the caller''s block is rolled back). Number 0 stands for all hosts.';

revoke all on function incident_engine.try_share_hosts(text[]) from public;
