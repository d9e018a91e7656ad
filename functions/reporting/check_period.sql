create or replace function incident_engine.check_period(period tstzrange)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
    if period is null or isempty(period) or lower_inf(period) or upper_inf(period)
        or not lower_inc(period) or upper_inc(period)
        or not isfinite(lower(period)) or not isfinite(upper(period))
    then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'the period of a report includes its start and not its end, but this one is %s',
                coalesce(period::text, 'null')
            ),
            hint = 'Write it like ''[2026-10-01, 2026-11-01)''; without a time zone it is in that of the session.';
    end if;
    return true;
end
$$;

comment on function incident_engine.check_period(tstzrange) is
'True, or an error when a period is not a span from a time up to, not including, a later one. Errors: 22023.';

revoke all on function incident_engine.check_period(tstzrange) from public;
grant execute on function incident_engine.check_period(tstzrange) to incident_viewer;
