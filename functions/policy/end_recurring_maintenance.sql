create or replace function incident.end_recurring_maintenance(
    series_id bigint, ended_at timestamptz default now(), operator text default session_user
)
returns incident.recurring_maintenance
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    series incident.recurring_maintenance;
begin
    perform incident_engine.require_operator(operator);
    select r.* into series
    from incident.recurring_maintenance as r
    where r.series_id = end_recurring_maintenance.series_id
    for update;
    if not found then
        raise exception using
            errcode = 'IN002',
            message = format('there is no recurring maintenance %s', coalesce(series_id::text, 'null')),
            hint = 'select * from incident.recurring_maintenance lists them.';
    end if;
    if ended_at is null or not isfinite(ended_at) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('ended_at must be a moment, but is %s', coalesce(ended_at::text, 'null')),
            hint = 'Leave it out for now().';
    end if;

    -- Ended again, it can only end earlier.
    if coalesce(series.ended_at <= end_recurring_maintenance.ended_at, false) then
        return series;
    end if;
    update incident.recurring_maintenance as r
    set ended_at = end_recurring_maintenance.ended_at, ended_by = operator
    where r.host_name = series.host_name and r.series_id = series.series_id
    returning r.* into series;
    update incident.maintenance as m
    set ended_at = lower(m.period), ended_by = operator, changed_at = now()
    where
        m.host_name = series.host_name
        and m.series_id = series.series_id
        and lower(m.period) >= series.ended_at
        and m.ended_at is null;
    return series;
end
$$;

comment on function incident.end_recurring_maintenance(bigint, timestamptz, text) is
'Ends a recurring maintenance: what would start at ended_at (by default now) or later is called off. One under way goes on; '
'end_maintenance ends it. Returns the series. Errors: IN002 when there is none with this number, 22004, 22023.';

revoke all on function incident.end_recurring_maintenance(bigint, timestamptz, text) from public;
grant execute on function incident.end_recurring_maintenance(bigint, timestamptz, text) to incident_operator;
