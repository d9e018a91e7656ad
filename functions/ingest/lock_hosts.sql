create or replace function incident_engine.lock_hosts(host_names text[], beside text[] default '{}')
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set lock_timeout = '2s'
as $$
declare
    most constant integer := incident_engine.most_host_locks();
    all_exclusively constant boolean := cardinality(host_names) > most;
    all_shared constant boolean := cardinality(host_names) + cardinality(beside) > most;
    until constant timestamptz := clock_timestamp() + interval '2 seconds';
    wanted record;
begin
    perform incident_engine.require_read_committed();

    -- All hosts, then one by one in order of their numbers: who waits holds only what comes before.
    if all_exclusively then
        lock table incident_engine.all_hosts in exclusive mode;
    elsif all_shared and host_names = '{}' then
        lock table incident_engine.all_hosts in share mode;
    elsif all_shared then
        lock table incident_engine.all_hosts in share row exclusive mode;
    elsif host_names <> '{}' then
        lock table incident_engine.all_hosts in row exclusive mode;
    end if;
    for wanted in
        select h.number, bool_or(h.exclusively) as exclusively
        from (
            select 0::bigint as number, all_exclusively as exclusively
            union all
            select incident_engine.host_lock(name), true from unnest(host_names) as name where not all_exclusively
            union all
            select incident_engine.host_lock(name), false from unnest(beside) as name where not all_shared
        ) as h
        group by h.number
        order by h.number
    loop
        continue when case
            when wanted.exclusively then pg_try_advisory_xact_lock(wanted.number)
            else pg_try_advisory_xact_lock_shared(wanted.number)
        end;
        -- All waiting together ends at the same moment.
        perform set_config(
            'lock_timeout', greatest(extract(milliseconds from until - clock_timestamp())::integer, 1)::text, true
        );
        if wanted.exclusively then
            perform pg_advisory_xact_lock(wanted.number);
        else
            perform pg_advisory_xact_lock_shared(wanted.number);
        end if;
    end loop;
end
$$;

comment on function incident_engine.lock_hosts(text[], text[]) is
'Waits until nobody else inserts or folds samples of these hosts, and keeps them out until the transaction ends. beside: hosts that '
'are only kept from being folded meanwhile. Errors: 55P03 after 2 seconds, 0A000 in a transaction that does '
'not see what others commit.';

revoke all on function incident_engine.lock_hosts(text[], text[]) from public;
