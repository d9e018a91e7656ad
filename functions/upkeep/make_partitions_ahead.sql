create or replace function incident_engine.make_partitions_ahead(as_of timestamptz)
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set lock_timeout = '200ms'
as $$
begin
    return incident_engine.ensure_partitions(as_of - interval '1 day', as_of + interval '7 days');
exception
    when lock_not_available or deadlock_detected then
        return 0;
end
$$;

comment on function incident_engine.make_partitions_ahead(timestamptz) is
'Makes the partitions of yesterday and the next seven days, if the tables can be had at once: otherwise it leaves them to the '
'next round, for there is a week left and the default partition takes every row. Returns how many it made.';

revoke all on function incident_engine.make_partitions_ahead(timestamptz) from public;
