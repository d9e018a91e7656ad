create or replace function incident_engine.ensure_partitions(from_time timestamptz, to_time timestamptz)
returns integer
language sql
volatile
set search_path = pg_catalog, pg_temp
begin atomic
    select count(*) filter (where incident_engine.ensure_partition(day::date))::integer
    from generate_series(
            date_trunc('day', from_time at time zone 'UTC'),
            date_trunc('day', to_time at time zone 'UTC'),
            interval '1 day'
        ) as day;
end;

comment on function incident_engine.ensure_partitions(timestamptz, timestamptz) is
'Makes the day partitions of system_device_metrics that a span of time needs. Returns how many it made.';

revoke all on function incident_engine.ensure_partitions(timestamptz, timestamptz) from public;
