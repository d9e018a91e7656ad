create or replace function incident_engine.adopted_days()
returns setof date
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as $$
declare
    first_day timestamptz;
    last_day timestamptz;
begin
    if not exists (
        select from incident_engine.adoption as a where a.source = 'system_device_metrics' and a.finished_at is null
    ) then
        return;
    end if;
    execute
        'select min(t.timestamp), max(t.timestamp)
        from incident_adopted.system_device_metrics as t
        where t.timestamp between $1 and $2'
    into first_day, last_day
    using now() - interval '10 years', now() + interval '7 days';
    return query
        select d::date
        from generate_series(date_trunc('day', first_day), last_day, interval '1 day') as d
        order by d;
end
$$;

comment on function incident_engine.adopted_days() is
'The days (UTC) of the samples that are to be taken over, each of which needs a partition; none when all are.';

revoke all on function incident_engine.adopted_days() from public;
