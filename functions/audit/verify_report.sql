create or replace function incident.verify_report(report_id bigint)
returns boolean
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    kept constant text := (select r.digest from incident.sealed_report as r where r.report_id = verify_report.report_id);
begin
    if kept is null then
        raise exception using
            errcode = 'no_data_found',
            message = format('there is no sealed report %s', coalesce(report_id::text, 'null')),
            hint = 'select report_id, period, sealed_at from incident.sealed_report lists them.';
    end if;
    return kept = incident_engine.report_digest(report_id);
end
$$;

comment on function incident.verify_report(bigint) is
'True when a sealed report still has the numbers it was sealed with, by its digest. Errors: P0002 when there is none.';

revoke all on function incident.verify_report(bigint) from public;
grant execute on function incident.verify_report(bigint) to incident_viewer;
