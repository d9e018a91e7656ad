create or replace function incident_engine.check_sweep(as_of timestamptz, time_budget interval)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    if as_of is null then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'as_of must not be null',
            hint = 'Leave it out for now().';
    end if;
    if not isfinite(as_of) or as_of > now() + interval '1 year' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('as_of must be a moment that can be swept, but is %s', as_of),
            hint = 'Leave it out for now(); at most a year ahead, for simulations.';
    end if;
    if time_budget is null or time_budget <= interval '0' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('time_budget must be a time that passes, but is %s', coalesce(time_budget::text, 'null')),
            hint = 'Leave it out for 10 seconds.';
    end if;
end
$$;

comment on function incident_engine.check_sweep(timestamptz, interval) is
'Errors: 22004 and 22023 for a moment that cannot be swept, or no time to do it in.';

revoke all on function incident_engine.check_sweep(timestamptz, interval) from public;
