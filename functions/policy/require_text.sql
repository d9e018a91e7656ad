create or replace function incident_engine.require_text(value text, parameter text)
returns void
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
begin
    if coalesce(btrim(value), '') = '' then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = format('%s must not be null or empty', parameter),
            hint = format('Name it: %s => ''...''', parameter);
    end if;
end
$$;

comment on function incident_engine.require_text(text, text) is
'Errors: 22004 when the value of a parameter is null or blank.';

revoke all on function incident_engine.require_text(text, text) from public;
