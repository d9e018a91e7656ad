create or replace function incident.end_recurring_maintenance(
    series_id bigint, ended_at timestamptz default now(), operator text default incident.current_operator()
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
    if ended_at is null or ended_at = '-infinity' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('ended_at must be a moment, but is %s', coalesce(ended_at::text, 'null')),
            hint = 'Leave it out for now(); ''infinity'' takes back an end that has not come.';
    end if;

    -- What is over stays so; an end that has not come can be moved, either way.
    if series.ended_at <= least(now(), ended_at) then
        return series;
    end if;
    if series.ended_at < ended_at then
        update incident.maintenance as m
        set ended_at = null, ended_by = null, changed_at = now()
        where
            m.host_name = series.host_name
            and m.series_id = series.series_id
            and lower(m.period) >= series.ended_at
            and lower(m.period) < end_recurring_maintenance.ended_at
            and m.ended_at = lower(m.period)
            and m.ended_by = series.ended_by;
    end if;
    update incident.recurring_maintenance as r
    set ended_at = nullif(end_recurring_maintenance.ended_at, 'infinity'),
        ended_by = case when isfinite(end_recurring_maintenance.ended_at) then operator end,
        planned_to = least(r.planned_to, (r.ended_at at time zone r.time_zone)::date)
    where r.host_name = series.host_name and r.series_id = series.series_id
    returning r.* into series;
    update incident.maintenance as m
    set ended_at = lower(m.period), ended_by = operator, changed_at = now()
    where
        m.host_name = series.host_name
        and m.series_id = series.series_id
        and lower(m.period) >= series.ended_at
        and m.ended_at is null;
    perform incident_engine.plan_maintenance(now());
    return series;
end
$$;

comment on function incident.end_recurring_maintenance(bigint, timestamptz, text) is
'Ends a recurring maintenance: what would start at ended_at (by default now) or later is called off. One under way goes on; '
'end_maintenance ends it. Until then it goes on being planned, and an end that has not come can be moved, or taken back (infinity). '
'Returns the series. Errors: IN002 when there is none with this number, 22004, 22023.';

revoke all on function incident.end_recurring_maintenance(bigint, timestamptz, text) from public;
grant execute on function incident.end_recurring_maintenance(bigint, timestamptz, text) to incident_operator;
