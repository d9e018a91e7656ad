create or replace function incident_engine.check_time_zone(time_zone text)
returns boolean
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
    is_known boolean;
begin
    begin
        is_known := (now() at time zone time_zone) is not null;
    exception
        when invalid_parameter_value then
            is_known := false;
    end;
    if not is_known then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('time zone %s is not known', coalesce(quote_literal(time_zone), 'null')),
            hint = 'Names look like Europe/Berlin; select name from pg_timezone_names lists them.';
    end if;
    return true;
end
$$;

comment on function incident_engine.check_time_zone(text) is
'True, or an error when there is no such time zone. Errors: 22023.';

revoke all on function incident_engine.check_time_zone(text) from public;
grant execute on function incident_engine.check_time_zone(text) to incident_viewer;
