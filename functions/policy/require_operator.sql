create or replace function incident_engine.require_operator(operator text)
returns void
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
begin
    perform incident_engine.require_text(operator, 'operator');
    if lower(btrim(operator)) = 'engine' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('operator must not be %s', operator),
            detail = 'In the timeline this is what the engine does by itself.',
            hint = 'Say who it was, or leave it out for the login.';
    end if;
end
$$;

comment on function incident_engine.require_operator(text) is
'Errors: 22004 when the operator stated is null or blank, 22023 when it is the name that the engine goes by.';

revoke all on function incident_engine.require_operator(text) from public;
