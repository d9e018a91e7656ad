create or replace function incident_engine.lock_hosts(host_names text[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set lock_timeout = '5s'
as $$
begin
    perform pg_advisory_xact_lock(7101, h.number)
    from (
        select distinct incident_engine.host_lock(name) as number
        from unnest(host_names) as name
        order by number
    ) as h;
end
$$;

comment on function incident_engine.lock_hosts(text[]) is
'Waits until nobody else inserts or folds samples of these hosts, and keeps them out until the transaction ends. Locks are '
'taken in order of their numbers. Errors: 55P03 after 5 seconds.';

revoke all on function incident_engine.lock_hosts(text[]) from public;
