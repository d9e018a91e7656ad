create or replace function incident_engine.status_availability(as_of timestamptz)
returns table (place integer, line integer, topic text, answer text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with day as materialized (
        select * from incident.availability(as_of - interval '24 hours', as_of, as_of => as_of)
    ),

    worst as (
        select
            d.*,
            row_number() over (
                order by
                    d.availability_percent asc nulls first,
                    d.coverage_percent asc,
                    d.host_name asc,
                    d.device_name asc,
                    d.capture_folder asc
            ) as place
        from day as d
        where d.window_seconds > d.maintenance_seconds
            and (d.availability_percent is null or d.availability_percent < 100)
    )

    select
        1 as place, 0 as line, 'AVAILABILITY' as topic,
        coalesce(
            (
                select
                    format(
                        '%s in %s: down %s, silent %s, unknown %s, over %s of %s devices',
                        coalesce(format('%s %% (%s)', f.availability_percent, f.sla_status), 'nothing to divide'),
                        t.lately,
                        incident_engine.readable_duration(f.down_seconds),
                        incident_engine.readable_duration(f.no_data_seconds),
                        incident_engine.readable_duration(f.unknown_seconds),
                        (
                            select count(*) from day as d
                            where d.down_seconds + d.no_data_seconds + d.unknown_seconds > 0
                        ),
                        f.devices
                    )
                from incident.availability(as_of - interval '24 hours', as_of, by => 'fleet', as_of => as_of) as f
            ),
            'no device was in service in ' || t.lately
        ) as answer
    from (select incident_engine.lately('24 h', as_of) as lately) as t
    union all
    select
        1, w.place::integer, '',
        format(
            '%s %s, %s (%s): down %s, silent %s, unknown %s',
            coalesce(to_char(w.availability_percent, '990.0000') || ' %', '         - %'), w.host_name,
            w.device_name, w.capture_folder, incident_engine.readable_duration(w.down_seconds),
            incident_engine.readable_duration(w.no_data_seconds), incident_engine.readable_duration(w.unknown_seconds)
        )
    from worst as w
    where w.place <= 3;
end;

comment on function incident_engine.status_availability(timestamptz) is
'Lines of incident.status: how available the fleet was, and who was least.';

revoke all on function incident_engine.status_availability(timestamptz) from public;
grant execute on function incident_engine.status_availability(timestamptz) to incident_viewer;
