-- It commits, so its search_path cannot be pinned: every name and operator is qualified.
create or replace procedure incident.sweep_all(at_most interval default '50 seconds')
language plpgsql
as $$
declare
    until constant timestamptz := pg_catalog.clock_timestamp() operator(pg_catalog.+) at_most;
    left_before integer;
    left_now integer;
begin
    loop
        left_now := (select s.spans_left from incident.sweep(time_budget => '1 second') as s);
        commit;
        -- What somebody holds is not waited for.
        exit when
            coalesce(left_now, 0) operator(pg_catalog.=) 0
            or left_now operator(pg_catalog.>=) left_before
            or pg_catalog.clock_timestamp() operator(pg_catalog.>=) until;
        left_before := left_now;
    end loop;
end
$$;

comment on procedure incident.sweep_all (interval) is
'Sweeps until nothing is left, in transactions of about a second, so that no host is held for longer. at_most: how long in all. Not '
'inside a transaction.';

revoke all on procedure incident.sweep_all(interval) from public;
grant execute on procedure incident.sweep_all(interval) to incident_admin, incident_notifier;
