create or replace function incident_engine.plan_maintenance(as_of timestamptz)
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    own_site constant integer := incident_engine.own_site();
    planned integer;
begin
    with due as (
        select r.*, (as_of at time zone r.time_zone)::date + 14 as plan_to
        from incident.recurring_maintenance as r
        where
            incident_engine.site_of(r.host_name) = own_site
            and coalesce(r.planned_to <= (r.ended_at at time zone r.time_zone)::date, true)
            and coalesce(r.planned_to <= r.valid_until, true)
            and r.planned_to < (as_of at time zone r.time_zone)::date + 14
        order by r.host_name, r.series_id
        for update of r skip locked
    ),

    added as (
        insert into incident.maintenance (
            host_name, device_name, capture_folder, period, reason, added_by, series_id
        )
        select d.host_name, d.device_name, d.capture_folder, o.period, d.reason, d.added_by, d.series_id
        from due as d
        cross join lateral incident_engine.maintenance_occurrences(
            (
                d.host_name, d.series_id, d.device_name, d.capture_folder, d.weekdays, d.starts_at_local, d.duration,
                d.time_zone, d.valid_from, d.valid_until, d.reason, d.added_by, d.added_at, d.ended_at, d.ended_by,
                d.planned_to
            )::incident.recurring_maintenance,
            d.planned_to, d.plan_to
        ) as o
        on conflict do nothing
        returning 1
    ),

    noted as (
        update incident.recurring_maintenance as r
        set planned_to = d.plan_to
        from due as d
        where r.host_name = d.host_name and r.series_id = d.series_id
    )

    select count(*)::integer into planned from added;
    return planned;
end
$$;

comment on function incident_engine.plan_maintenance(timestamptz) is
'Adds the occurrences of recurring maintenance that start within two weeks and do not stand in incident.maintenance yet. Returns '
'how many.';

revoke all on function incident_engine.plan_maintenance(timestamptz) from public;
