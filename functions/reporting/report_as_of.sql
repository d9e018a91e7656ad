create or replace function incident.report_as_of(
    period text, as_of timestamptz default now(), time_zone text default 'UTC'
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    reported_percent numeric,
    today_percent numeric,
    why text,
    reported_up_seconds numeric,
    today_up_seconds numeric,
    reported_down_seconds numeric,
    today_down_seconds numeric,
    reported_no_data_seconds numeric,
    today_no_data_seconds numeric,
    reported_maintenance_seconds numeric,
    today_maintenance_seconds numeric,
    reported_incidents bigint,
    today_incidents bigint,
    reported_failures bigint,
    today_failures bigint,
    report_id bigint,
    sealed_at timestamptz
)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with asked as (
        select incident_engine.period_of(
            report_as_of.period, report_as_of.time_zone, report_as_of.as_of
        ) as period
    ),

    report as (
        select r.*
        from incident.sealed_report as r
        where r.report_id = (select incident_engine.find_report(a.period, report_as_of.as_of) from asked as a)
    ),

    line as (
        select l.*
        from incident.sealed_report_line as l
        join report as r on r.report_id = l.report_id
    ),

    compared as (
        select
            coalesce(t.host_name, l.host_name) as host_name,
            coalesce(t.device_name, l.device_name) as device_name,
            coalesce(t.capture_folder, l.capture_folder) as capture_folder,
            l.host_name is null as is_new,
            t.host_name is null as is_gone,
            coalesce(
                (
                    l.up_seconds, l.down_seconds, l.unknown_seconds, l.no_data_seconds, l.maintenance_seconds,
                    l.target_percent, l.incidents, l.failures
                ) = (
                    t.up_seconds, t.down_seconds, t.unknown_seconds, t.no_data_seconds, t.maintenance_seconds,
                    t.target_percent, t.incidents, t.failures
                ),
                false
            ) as is_same,
            incident_engine.percent(l.up_seconds, l.up_seconds + l.down_seconds + l.no_data_seconds)
                as reported_percent,
            incident_engine.percent(t.up_seconds, t.up_seconds + t.down_seconds + t.no_data_seconds) as today_percent,
            l.up_seconds as reported_up,
            t.up_seconds as today_up,
            l.down_seconds as reported_down,
            t.down_seconds as today_down,
            l.no_data_seconds as reported_no_data,
            t.no_data_seconds as today_no_data,
            l.maintenance_seconds as reported_maintenance,
            t.maintenance_seconds as today_maintenance,
            l.incidents as reported_incidents,
            t.incidents as today_incidents,
            l.failures as reported_failures,
            t.failures as today_failures
        from
            incident_engine.report_line(
                (select lower(a.period) from asked as a),
                (select upper(a.period) from asked as a),
                greatest(now(), report_as_of.as_of)
            ) as t
        full join line as l using (host_name, device_name, capture_folder)
    )

    select
        c.host_name,
        c.device_name,
        c.capture_folder,
        c.reported_percent,
        c.today_percent,
        case
            when not c.is_same then coalesce(
                    nullif(concat_ws(
                        '; ',
                        case when c.is_new then 'the device was not known yet' end,
                        case when c.is_gone then 'the device was not in service' end,
                        incident_engine.change_reasons(
                            c.host_name, c.device_name, c.capture_folder, r.period, r.sealed_at
                        )
                    ), ''),
                    'the history was rebuilt, or rows arrived while it was being sealed'
                )
        end as why,
        c.reported_up,
        c.today_up,
        c.reported_down,
        c.today_down,
        c.reported_no_data,
        c.today_no_data,
        c.reported_maintenance,
        c.today_maintenance,
        c.reported_incidents,
        c.today_incidents,
        c.reported_failures,
        c.today_failures,
        r.report_id,
        r.sealed_at
    from compared as c
    cross join report as r
    order by c.is_same, c.host_name, c.device_name, c.capture_folder;
end;

comment on function incident.report_as_of(text, timestamptz, text) is
'What was reported on a period (as in incident.seal_report, its days those of time_zone), by the last report sealed by as_of (default '
'now), beside what is known today, and why they differ: maintenance added or ended since, late samples, incidents recorded, corrected or '
'retracted since, retirement, void samples, outages, policy. A row a device that was reported or is known today, changed ones first; why '
'is null where nothing changed. Errors: P0002 when no report on exactly this period was sealed by then, 22023 for a period that is none.';

revoke all on function incident.report_as_of(text, timestamptz, text) from public;
grant execute on function incident.report_as_of(text, timestamptz, text) to incident_viewer;
