create or replace function incident_engine.check_count(value integer, name text)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
    if coalesce(value < 1, true) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('%s must be 1 or more, not %s', name, coalesce(value::text, 'null')),
            hint = format('Leave %s out for its default.', name);
    end if;
    return true;
end
$$;

comment on function incident_engine.check_count(integer, text) is
'True, or an error that names the parameter of a report that is not a number from 1 on. Errors: 22023.';

revoke all on function incident_engine.check_count(integer, text) from public;
grant execute on function incident_engine.check_count(integer, text) to incident_viewer;
