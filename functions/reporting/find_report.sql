create or replace function incident_engine.find_report(period tstzrange, as_of timestamptz)
returns bigint
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    found_id constant bigint := (
        select r.report_id
        from incident.sealed_report as r
        where r.period = find_report.period and r.sealed_at <= as_of
        order by r.sealed_at desc, r.report_id desc
        limit 1
    );
begin
    if found_id is null then
        raise exception using
            errcode = 'no_data_found',
            message = format(
                'no report on %s was sealed by %s', coalesce(period::text, 'null'), coalesce(as_of::text, 'null')
            ),
            hint = 'select report_id, period, sealed_at from incident.sealed_report lists what was.';
    end if;
    return found_id;
end
$$;

comment on function incident_engine.find_report(tstzrange, timestamptz) is
'Number of the report on a period that was the last one sealed at a time. Errors: P0002 when there is none.';

revoke all on function incident_engine.find_report(tstzrange, timestamptz) from public;
grant execute on function incident_engine.find_report(tstzrange, timestamptz) to incident_viewer;
